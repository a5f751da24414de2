import { Banner, BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { DAYS_PER_WEEK, POWER } from "../../../domain/measurement/experiments/plan.ts";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useExperimentWords } from "./experiment-words.ts";

/** How long a draft would run if it was started now, or what keeps it from being started. */
export function OutlookCard({ outlook, offers }: Pick<ExperimentView, "offers" | "outlook">) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const words = useExperimentWords();
  if (outlook === null) return null;
  if ("refusal" in outlook) {
    return (
      <Banner tone="info" title={t("outlook.missing")}>
        {words.refusal(outlook.refusal, offers)}
      </Banner>
    );
  }
  const { days, buyers, worthwhile } = outlook.plan;
  const weeks = days / DAYS_PER_WEEK;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("outlook.weeks", { count: weeks, weeks: formats.number(weeks) })}
        </Text>
        <Text as="p">
          {t("outlook.text", {
            ...{ buyers: formats.number(buyers), chance: formats.percent(POWER) },
            difference: formats.percent(worthwhile, worthwhile < 0.1 ? 1 : 0),
          })}
        </Text>
        <Text as="p" tone="subdued">
          {t("draftHelp")}
        </Text>
      </BlockStack>
    </Card>
  );
}
