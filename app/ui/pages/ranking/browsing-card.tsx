import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BrowsingTrialView, BrowsingView } from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

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
              from: formats.date(period.from),
              to: formats.date(period.to),
            })}
          </Text>
        )}
        {trials.length === 0 ? null : <TrialTable trials={trials} />}
        {trials.some(({ surface, verdict }) => surface === "new-products" && verdict === "in-use") ? (
          <Text as="p" tone="subdued">
            {t("browsing.newProducts")}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function TrialTable({ trials }: { trials: readonly BrowsingTrialView[] }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  return (
    <table className="tsuide-scores">
      <caption>{t("browsing.table.caption")}</caption>
      <thead>
        <tr>
          {(["where", "without", "with", "orders"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`browsing.table.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {trials.map(({ surface, verdict, orders, hitRate4Without, hitRate4With }) => (
          <tr key={surface} className={verdict === "in-use" ? "tsuide-scores-used" : undefined}>
            <th scope="row">
              {t(`browsing.surface.${surface}`)}{" "}
              {verdict === "in-use" ? (
                <Badge tone="success">{t("use.in-use")}</Badge>
              ) : (
                <Text as="p" variant="bodySm" tone="subdued">
                  {t(`segments.verdict.${verdict}`)}
                </Text>
              )}
            </th>
            <td>{verdict === "too-few-orders" ? "–" : formats.percent(hitRate4Without, 1)}</td>
            <td>{verdict === "too-few-orders" ? "–" : formats.percent(hitRate4With, 1)}</td>
            <td>{formats.number(orders)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
