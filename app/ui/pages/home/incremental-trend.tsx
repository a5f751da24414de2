import { BlockStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { TrendsView, TrendStepView } from "../../../views/trends-view.ts";
import { SortedTable } from "../../charts/sorted-table.tsx";
import { TimeChart } from "../../charts/time-chart.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { EXPERIMENTS } from "../experiments/address.ts";
import { useIncrementalWords } from "../results/incremental-figure.tsx";
import { useDayNames } from "./use-day-names.ts";

/** What offers added from the first of the days on, with its interval, or why that is not known. */
export function IncrementalTrend({ view }: { view: TrendsView }) {
  const { t } = useTranslation("home");
  const { value, note } = useIncrementalWords(view.incremental, view.timezone);
  const isKnown = view.incremental.kind === "estimate";
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="p" variant="headingLg">
          {value}
        </Text>
        <Text as="p">{note}</Text>
      </BlockStack>
      {isKnown ? (
        <KnownTrend view={view} />
      ) : (
        <Text as="p">
          <Link url={EXPERIMENTS}>{t("trends.toExperiments")}</Link>
        </Text>
      )}
    </BlockStack>
  );
}

function KnownTrend({ view }: { view: TrendsView }) {
  const { t } = useTranslation("home");
  const formats = useFormats(view.timezone);
  const { write, writeRange } = useWriters(view.currency);
  const nameOf = useDayNames(view, lastCounted(view));
  const wordsBefore = useWordsBefore(view);
  const first = view.steps.find(({ incremental }) => incremental !== null);
  const last = lastCounted(view);
  if (first === undefined || last === undefined) return null;
  const { estimate, low, high } = last.incremental!;
  const values = { day: formats.date(last.day), estimate: write(estimate), low: write(low), high: write(high) };
  const sentences = [
    t("trends.begins", { date: formats.date(first.day) }),
    ...(view.measuredAt === null ? [] : [t("trends.asOf", { time: formats.dateTime(view.measuredAt) })]),
    wordsBefore,
  ];
  return (
    <>
      <TimeChart
        points={view.steps.map((step) => ({
          ...{ label: formats.shortDate(step.day), name: nameOf(step), isSoFar: step === last },
          ...{ value: step.incremental?.estimate ?? null, before: step.incrementalBefore?.estimate ?? null },
          range: step.incremental === null ? null : [step.incremental.low, step.incremental.high],
        }))}
        label={t("trends.label.incremental", values)}
        series={{
          ...{ value: t("trends.now"), soFar: t("trends.soFar.counted"), range: t("trends.interval") },
          ...(hasBefore(view) && { before: t("trends.before") }),
        }}
        write={write}
        writeRange={writeRange}
        writeShort={(amountMinor) => formats.compactMoney({ amountMinor, currency: view.currency })}
      />
      <Text as="p">{formats.sentences(sentences)}</Text>
      <Disclosure label={t("trends.asTable")}>
        <IncrementalTable view={view} />
      </Disclosure>
    </>
  );
}

/** The period before: two figures that are not certain are compared by their intervals, not by a line alone. */
function useWordsBefore({ incrementalBefore: before, timezone }: TrendsView): string {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  if (before.kind !== "estimate") return t("trends.beforeUnknown");
  const [estimate, low, high] = [before.estimate, before.low, before.high].map(formats.money);
  return t("trends.beforeKnown", { estimate, low, high });
}

/** All figures of the chart. */
export function IncrementalTable({ view }: { view: TrendsView }) {
  const { t } = useTranslation("home");
  const { tag } = useLocale();
  const { write, writeRange } = useWriters(view.currency);
  const nameOf = useDayNames(view, lastCounted(view));
  const column = (key: "incremental" | "incrementalBefore", label: string) => ({
    ...{ key, label, value: (step: TrendStepView) => step[key]?.estimate ?? null },
    cell: ({ [key]: point }: TrendStepView) =>
      point === null ? (
        "–"
      ) : (
        <>
          {write(point.estimate)}
          <small>{writeRange(point.low, point.high)}</small>
        </>
      ),
  });
  return (
    <SortedTable<TrendStepView>
      label={t("trends.tab.incremental")}
      locale={tag}
      rows={view.steps}
      keyOf={({ day }) => day}
      sortedBy={{ key: "day", descending: true }}
      columns={[
        { key: "day", label: t("trends.day"), value: ({ day }) => day, cell: nameOf },
        column("incremental", t("trends.now")),
        ...(hasBefore(view) ? [column("incrementalBefore", t("trends.before"))] : []),
      ]}
    />
  );
}

function hasBefore({ steps }: TrendsView): boolean {
  return steps.some(({ incrementalBefore }) => incrementalBefore !== null);
}

/** The last day that was counted, which was not over then. */
function lastCounted({ steps }: TrendsView): TrendStepView | undefined {
  return steps.findLast(({ incremental }) => incremental !== null);
}

function useWriters(currency: string) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  const write = (amountMinor: number) => formats.money({ amountMinor, currency });
  const writeRange = (low: number, high: number) => t("trends.fromTo", { low: write(low), high: write(high) });
  return { write, writeRange };
}
