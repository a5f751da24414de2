import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BrowsingView } from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TrialsTable } from "./trials-table.tsx";

/** Whether what shoppers look at is used beside what they buy, from which visits, and how much it gains or why not. */
export function BrowsingCard({ view }: { view: BrowsingView }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats("UTC");
  const { use, visits, period, trials } = view;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("browsing.title")}
          </Text>
          <Badge {...(use === "in-use" ? { tone: "success" as const } : {})}>
            {t(use === "in-use" ? "use.in-use" : "use.no-gain")}
          </Badge>
        </InlineStack>
        <Text as="p">
          {t(`browsing.use.${use}`, {
            visits: formats.number(view.earlierVisits),
            needed: formats.number(view.neededVisits),
          })}
        </Text>
        {period === null ? null : (
          <Text as="p" tone="subdued">
            {t("browsing.from", {
              count: visits,
              visits: formats.number(visits),
              period: formats.dateRange(period.from, period.to),
            })}
          </Text>
        )}
        {trials.length === 0 ? null : (
          <TrialsTable
            caption={t("browsing.table.caption")}
            heads={[
              t("browsing.table.where"),
              t("browsing.table.without"),
              t("browsing.table.with"),
              t("browsing.table.orders"),
            ]}
            rows={trials.map(({ surface, verdict, orders, hitRate4Without, hitRate4With }) => ({
              ...{ key: surface, name: t(`browsing.surface.${surface}`), verdict, orders },
              shares: [hitRate4Without, hitRate4With],
            }))}
          />
        )}
        {trials.some(({ surface, verdict }) => surface === "new-products" && verdict === "in-use") ? (
          <Text as="p" tone="subdued">
            {t("browsing.newProducts")}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
