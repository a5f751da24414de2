import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { POWER } from "../../../domain/measurement/experiments/plan.ts";
import type { ComparisonName } from "../../../domain/measurement/experiments/planner-query.ts";
import type { PlanView } from "../../../views/planner-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { differenceText } from "./difference-text.ts";

/** How long it takes, in a sentence. */
export function AnswerCard({ comparison, plan }: { comparison: ComparisonName; plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const { weeks, buyers, curve } = plan;
  const difference = formats.percent(plan.percent / 100);
  if (weeks === null || buyers === null) {
    const longest = curve.at(-1)!;
    const smallest = differenceText(longest.difference, formats);
    const isFewest = comparison === "two" || comparison === "holdout";
    const sentences = [
      t("answer.neverText", { weeks: formats.number(longest.weeks), smallest, difference }),
      isFewest ? t("answer.larger") : t("answer.largerOrFewer"),
    ];
    return <Answer title={t("answer.never")}>{formats.sentences(sentences)}</Answer>;
  }
  return (
    <Answer title={t("answer.weeks", { count: weeks, weeks: formats.number(weeks) })}>
      {t("answer.text", { difference, chance: formats.percent(POWER), buyers: formats.number(rounded(buyers)) })}
    </Answer>
  );
}

function Answer({ title, children }: { title: string; children: string }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingLg">
          {title}
        </Text>
        <Text as="p">{children}</Text>
      </BlockStack>
    </Card>
  );
}

/** To two digits: a plan holds no more. */
function rounded(buyers: number): number {
  return Number(buyers.toPrecision(2));
}
