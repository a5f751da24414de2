import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerMapView } from "../../../views/customers-view.ts";
import type { CustomerRank } from "../../../domain/shoppers/shopper.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { CustomerMap } from "./customer-map.tsx";
import { Explained } from "./explained.tsx";

export const RANKS = ["A", "B", "C", "D"] as const satisfies CustomerRank[];

/** Ranks A to D: the map, the table behind it, and what each rank asks for. */
export function MapCard({ map }: { map: CustomerMapView }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("map.title")}
          </Text>
          <Text as="p" tone="subdued">
            {map.code === "ranked"
              ? t("map.intro")
              : t(`map.${map.code}`, { count: map.customers, customers: formats.number(map.customers) })}
          </Text>
        </BlockStack>
        {map.code !== "ranked" ? null : (
          <>
            <InlineGrid columns={{ xs: 1, md: 2 }} gap="500" alignItems="start">
              <CustomerMap map={map} />
              <RankTable fields={map.fields} />
            </InlineGrid>
            <Explained
              texts={[t("map.formula.rank"), t("map.formula.record"), t("map.formula.room"), t("map.formula.active")]}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function RankTable({ fields }: { fields: Extract<CustomerMapView, { code: "ranked" }>["fields"] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  return (
    <table className="tsuide-table" aria-label={t("map.table")}>
      <thead>
        <tr>
          <th scope="col">{t("map.column.rank")}</th>
          <th scope="col">{t("map.column.customers")}</th>
          <th scope="col">{t("map.column.record")}</th>
          <th scope="col">{t("map.column.room")}</th>
        </tr>
      </thead>
      {RANKS.map((rank) => {
        const field = fields[rank];
        return (
          <tbody key={rank}>
            <tr>
              <th scope="row">
                {rank} {t(`map.rank.${rank}.name`)}
              </th>
              <td>
                {formats.number(field.customers)} <small>{formats.percent(field.customerShare)}</small>
              </td>
              <td>
                {formats.money(field.record)}{" "}
                {field.revenueShare === null ? null : <small>{formats.percent(field.revenueShare)}</small>}
              </td>
              <td>{formats.money(field.room)}</td>
            </tr>
            <tr className="tsuide-table-note">
              <td colSpan={4}>{t(`map.rank.${rank}.what`)}</td>
            </tr>
          </tbody>
        );
      })}
    </table>
  );
}
