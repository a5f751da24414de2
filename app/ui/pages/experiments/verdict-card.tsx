import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useExperimentWords } from "./experiment-words.ts";

interface VerdictCardProps {
  view: ExperimentView;
  /** Asks to end it and to keep what the verdict supports. */
  onKeep: () => void;
}

/** What it says, in one sentence, and how far it is. */
export function VerdictCard({ view, onKeep }: VerdictCardProps) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(view.timezone);
  const words = useExperimentWords(view.timezone);
  const { plan, reading, startedAt, endedAt, measuredAt, measuring } = view;
  const facts = [
    ...(startedAt === null
      ? []
      : [endedAt === null ? t("since", { date: formats.date(startedAt) }) : formats.dateRange(startedAt, endedAt)]),
    ...(plan === null || reading === null
      ? []
      : [
          t("daysOf", { days: formats.number(reading.days), planned: formats.number(plan.days) }),
          t("buyersOf", {
            buyers: formats.number(reading.arms.reduce((sum, { buyers }) => sum + buyers, 0)),
            planned: formats.number(plan.buyers),
          }),
        ]),
  ];
  const progress =
    measuring === null
      ? measuredAt === null
        ? t("neverMeasured")
        : t("measured", { time: formats.dateTime(measuredAt) })
      : measuring === 0
        ? t("measuring")
        : t("measuringOf", { visitors: formats.number(measuring) });
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingLg">
          {words.verdict(view)}
        </Text>
        {view.isDecided ? <Text as="p">{t("kept")}</Text> : null}
        {view.status === "running" && view.kept !== null && !view.isDecided ? <Text as="p">{t("actNow")}</Text> : null}
        <Text as="p" tone="subdued">
          {facts.join(" · ")}
        </Text>
        <div role="status">
          <Text as="p" tone="subdued">
            {progress}
          </Text>
        </div>
        {view.status === "running" && view.kept !== null ? (
          <div>
            <Button variant="primary" onClick={onKeep}>
              {words.keep(view, view.kept)}
            </Button>
          </div>
        ) : null}
      </BlockStack>
    </Card>
  );
}
