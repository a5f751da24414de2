import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentReading } from "../../../domain/measurement/experiments/reading.ts";
import { WRONG_SPLIT_BELOW } from "../../../domain/statistics/sample-ratio.ts";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useExperimentWords } from "./experiment-words.ts";

/** Whether the figures can be believed, what must not get worse, and what was left out and why. */
export function ChecksCard({ view, reading }: { view: ExperimentView; reading: ExperimentReading }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const words = useExperimentWords(view.timezone);
  const names = words.arms(view);
  const all = view.arms.reduce((sum, { weight }) => sum + weight, 0);
  const units = reading.arms.reduce((sum, arm) => sum + arm.units, 0);
  const shares = (parts: readonly number[], of: number) =>
    parts.map((part) => formats.percent(of === 0 ? 0 : part / of, 1)).join(" : ");
  const split = {
    seen: shares(
      reading.arms.map((arm) => arm.units),
      units,
    ),
    planned: shares(
      view.arms.map(({ weight }) => weight),
      all,
    ),
  };
  const isWrong = reading.splitPValue < WRONG_SPLIT_BELOW;
  const leftOut = (["mixedUnits", "outside", "unexposedOrders", "otherCurrencies"] as const).filter(
    (reason) => reading.leftOut[reason] > 0,
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("checks.title")}
        </Text>
        <List>
          <List.Item>
            {units === 0 ? t("checks.nobody") : isWrong ? t("checks.splitWrong", split) : t("checks.splitRight", split)}
          </List.Item>
          {reading.breaches.length === 0 ? (
            <List.Item>{t("checks.noHarm")}</List.Item>
          ) : (
            reading.breaches.map(({ guard, arm, control, variant }) => (
              <List.Item key={`${guard} ${arm}`}>
                {t(`checks.${guard}`, {
                  arm: names[arm],
                  ...{ control: formats.percent(control, 1), variant: formats.percent(variant, 1) },
                })}
              </List.Item>
            ))
          )}
        </List>
        <Text as="h3" variant="headingSm">
          {t("leftOut.title")}
        </Text>
        {leftOut.length === 0 ? (
          <Text as="p">{t("leftOut.nothing")}</Text>
        ) : (
          <List>
            {leftOut.map((reason) => (
              <List.Item key={reason}>
                {t(`leftOut.${reason}`, {
                  count: reading.leftOut[reason],
                  number: formats.number(reading.leftOut[reason]),
                })}
              </List.Item>
            ))}
          </List>
        )}
      </BlockStack>
    </Card>
  );
}
