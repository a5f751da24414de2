import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SpreadView } from "../../domain/customers/customers-view.ts";
import { useFormats } from "../locale-provider.tsx";

const FIFTHS = [5, 4, 3, 2, 1] as const;

/** List, what and pace: how the shop's customers are spread over each, in fifths. */
export function SpreadCard({ spread }: { spread: SpreadView }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const days = (value: number) => formats.number(Math.floor(value));
  // The best fifth are the fewest days, the most orders and the most revenue.
  const daysAgo = (fifth: number) => {
    const [from, to] = [days(spread.recencyDays[5 - fifth]!), days(spread.recencyDays[6 - fifth]!)];
    return from === to ? t("spread.sameDaysAgo", { from }) : t("spread.daysAgo", { from, to });
  };
  const range = (texts: readonly string[], fifth: number) => {
    const [from, to] = [texts[fifth - 1]!, texts[fifth]!];
    return from === to ? from : t("spread.range", { from, to });
  };
  const orders = spread.orders.map((count) => formats.number(count));
  const revenue = spread.revenue.map((amount) => formats.money(amount));
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("spread.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("spread.intro")}
          </Text>
        </BlockStack>
        <table className="tsuide-table" aria-label={t("spread.table")}>
          <thead>
            <tr>
              <th scope="col">{t("spread.column.fifth")}</th>
              <th scope="col">{t("spread.column.recency")}</th>
              <th scope="col">{t("spread.column.frequency")}</th>
              <th scope="col">{t("spread.column.monetary")}</th>
            </tr>
          </thead>
          <tbody>
            {FIFTHS.map((fifth) => (
              <tr key={fifth}>
                <th scope="row">{fifth}</th>
                <td>{daysAgo(fifth)}</td>
                <td>{range(orders, fifth)}</td>
                <td>{range(revenue, fifth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("spread.alike")}
        </Text>
      </BlockStack>
    </Card>
  );
}
