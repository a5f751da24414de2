import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SpreadView } from "../../../views/customers-view.ts";
import type { ScoreRange } from "../../../domain/customers/rfm.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

const SCORES = [5, 4, 3, 2, 1] as const;

/** RFM: what each score of recency, frequency and spend stands for in this shop. */
export function SpreadCard({ spread }: { spread: SpreadView }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const range = (ranges: readonly ScoreRange[], score: number, write: (value: number) => string) => {
    const own = ranges.find((one) => one.score === score);
    if (own === undefined) return { text: "–", customers: "" };
    const [from, to] = [write(own.from), write(own.to)];
    const customers = t("map.customers", { count: own.customers, customers: formats.number(own.customers) });
    return { text: from === to ? from : t("spread.range", { from, to }), customers };
  };
  const days = (value: number) => formats.number(Math.floor(value));
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: spread.currency });
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
              <th scope="col">{t("spread.column.score")}</th>
              <th scope="col">{t("spread.column.recency")}</th>
              <th scope="col">{t("spread.column.frequency")}</th>
              <th scope="col">{t("spread.column.monetary")}</th>
            </tr>
          </thead>
          <tbody>
            {SCORES.map((score) => {
              const cells = [
                range(spread.recencyDays, score, days),
                range(spread.orders, score, formats.number),
                range(spread.revenueMinor, score, money),
              ];
              return (
                <tr key={score}>
                  <th scope="row">{score}</th>
                  {cells.map(({ text, customers }, column) => (
                    <td key={column}>
                      {text} {customers === "" ? null : <small>{customers}</small>}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("spread.alike")}
        </Text>
      </BlockStack>
    </Card>
  );
}
