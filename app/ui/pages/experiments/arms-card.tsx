import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentReading } from "../../../domain/measurement/experiments/reading.ts";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { WideTable } from "../../charts/wide-table.tsx";
import { CsvButton } from "../../csv/csv-button.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { experimentFileAddress } from "./address.ts";
import { useExperimentWords } from "./experiment-words.ts";

/** Where there is nothing to divide by. */
const NONE = "–";

/** What each arm did so far. */
export function ArmsCard({ view, reading }: { view: ExperimentView; reading: ExperimentReading }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const words = useExperimentWords(view.timezone);
  const names = words.arms(view);
  const currency = view.plan?.currency ?? "";
  const money = (amount: number | null) =>
    amount === null ? NONE : formats.money({ amountMinor: Math.round(amount), currency });
  const rate = (share: number | null) => (share === null ? NONE : formats.percent(share, 1));
  const columns = ["visitors", "buyers", "revenue", "orderValue", "checkouts", "refunds"] as const;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("arms.title")}
        </Text>
        <WideTable label={t("arms.title")}>
          <table aria-label={t("arms.title")}>
            <thead>
              <tr>
                <th scope="col">{t("arms.arm")}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`arms.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {reading.arms.map((arm, place) => (
                <tr key={names[place]}>
                  <th scope="row">{names[place]}</th>
                  <td>{formats.number(arm.units)}</td>
                  <td>{formats.number(arm.buyers)}</td>
                  <td>{money(arm.revenuePerVisitor)}</td>
                  <td>{money(arm.orderValue)}</td>
                  <td>{rate(arm.checkoutRate)}</td>
                  <td>{rate(arm.refundRate)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
        <Text as="p" tone="subdued">
          {formats.sentences([
            t("arms.refunded"),
            ...(view.plan?.cap == null ? [] : [t("arms.cap", { cap: formats.money(view.plan.cap) })]),
          ])}
        </Text>
        <CsvButton address={experimentFileAddress(view.number, "arms")} file={t("arms.title")} />
      </BlockStack>
    </Card>
  );
}
