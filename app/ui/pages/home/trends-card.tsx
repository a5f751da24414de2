import { BlockStack, Box, Card, InlineStack, Link, Tabs, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrendsView, TrendStepView } from "../../../views/trends-view.ts";
import { SortedTable } from "../../charts/sorted-table.tsx";
import { TimeChart } from "../../charts/time-chart.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { type Late, LatePart } from "../../kit/late-part.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { IncrementalTrend } from "./incremental-trend.tsx";
import { RESULTS } from "../results/results-address.ts";
import { useDayNames } from "./use-day-names.ts";

const TRENDS = ["attributed", "incremental", "averageOrder", "acceptance"] as const;
type Trend = Exclude<(typeof TRENDS)[number], "incremental">;

/** How the last 30 days went beside the 30 before: one chart at a time, each with its table. */
export function TrendsCard({ late }: { late: Late<TrendsView> }) {
  const { t } = useTranslation("home");
  const [trend, setTrend] = useState<(typeof TRENDS)[number]>("attributed");
  const tabs = TRENDS.map((one) => ({ id: `trend-${one}`, content: t(`trends.tab.${one}`), panelID: "trend" }));
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="0">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("trends.title")}
          </Text>
          <Link url={RESULTS}>{t("trends.toResults")}</Link>
        </InlineStack>
      </Box>
      <Tabs tabs={tabs} selected={TRENDS.indexOf(trend)} onSelect={(place) => setTrend(TRENDS[place]!)} />
      <Box padding="400" paddingBlockStart="200" id="trend">
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {t(`trends.help.${trend}`)}
          </Text>
          <LatePart late={late} failed={t("trends.failed")} retry={t("trends.retry")} lines={8} minHeight="300px">
            {(view) =>
              trend === "incremental" ? <IncrementalTrend view={view} /> : <TrendChart trend={trend} view={view} />
            }
          </LatePart>
        </BlockStack>
      </Box>
    </Card>
  );
}

function TrendChart({ trend, view }: { trend: Trend; view: TrendsView }) {
  const { t } = useTranslation("home");
  const formats = useFormats(view.timezone);
  const { write, writeShort } = useWriters(trend, view.currency);
  const nameOf = useDayNames(view, view.steps.at(-1));
  const points = view.steps.map((step) => ({
    ...{ label: formats.shortDate(step.day), name: nameOf(step), isSoFar: step === view.steps.at(-1) },
    ...valuesOf(step, trend),
  }));
  const known = points.map(({ value }) => value).filter((value) => value !== null);
  if (known.every((value) => value === 0)) {
    return (
      <Text as="p">
        {trend === "acceptance" && !view.hasEvents ? t("trends.noEvents") : t(`trends.empty.${trend}`)}
      </Text>
    );
  }
  const today = points.at(-1)!.value;
  const over = today === null || known.length === 1 ? known : known.slice(0, -1);
  const label = [
    t(`trends.label.${trend}`, { from: write(Math.min(...over)), to: write(Math.max(...over)) }),
    ...(today === null ? [] : [t("trends.label.today", { value: write(today) })]),
  ];
  return (
    <BlockStack gap="300">
      <TimeChart
        points={points}
        label={formats.sentences(label)}
        series={{ value: t("trends.now"), soFar: t("trends.soFar.today"), before: t("trends.before") }}
        write={write}
        writeShort={writeShort}
        smallestStep={trend === "acceptance" ? 0.001 : 1}
      />
      <Text as="p" variant="bodySm" tone="subdued">
        {t("trends.upTo", { time: formats.time(view.beforeUpTo) })}
      </Text>
      {trend === "attributed" ? <IncrementalLine view={view} /> : null}
      <Disclosure label={t("trends.asTable")}>
        <TrendTable trend={trend} view={view} write={write} />
      </Disclosure>
    </BlockStack>
  );
}

/** What offers added, once it is known: never on the same axis as what is attributed. */
function IncrementalLine({ view: { incremental, timezone } }: { view: TrendsView }) {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  if (incremental.kind !== "estimate") return null;
  const { estimate, low, high, since } = incremental;
  const values = { estimate: formats.money(estimate), low: formats.money(low), high: formats.money(high) };
  const sentences = [
    t("trends.incremental", values),
    ...(since === null ? [] : [t("results:incremental.since", { date: formats.date(since) })]),
  ];
  return <Text as="p">{formats.sentences(sentences)}</Text>;
}

/** All figures of one chart. */
export function TrendTable({
  trend,
  view,
  write,
}: {
  trend: Trend;
  view: TrendsView;
  write: (value: number) => string;
}) {
  const { t } = useTranslation("home");
  const { tag } = useLocale();
  const nameOf = useDayNames(view, view.steps.at(-1));
  const cell = (value: number | null) => (value === null ? "–" : write(value));
  return (
    <SortedTable<TrendStepView>
      label={t(`trends.tab.${trend}`)}
      locale={tag}
      rows={view.steps}
      keyOf={({ day }) => day}
      sortedBy={{ key: "day", descending: true }}
      columns={[
        { key: "day", label: t("trends.day"), value: ({ day }) => day, cell: nameOf },
        {
          ...{ key: "now", label: t("trends.now"), value: (step) => valuesOf(step, trend).value },
          cell: (step) => cell(valuesOf(step, trend).value),
        },
        {
          ...{ key: "before", label: t("trends.before"), value: (step) => valuesOf(step, trend).before },
          cell: (step) => cell(valuesOf(step, trend).before),
        },
      ]}
    />
  );
}

function valuesOf(step: TrendStepView, trend: Trend): { value: number | null; before: number | null } {
  return { value: step[trend], before: step[`${trend}Before`] };
}

function useWriters(trend: Trend, currency: string): Record<"write" | "writeShort", (value: number) => string> {
  const formats = useFormats();
  if (trend === "acceptance") {
    return { write: (value) => formats.percent(value, 1), writeShort: (value) => formats.percent(value, 1) };
  }
  return {
    write: (amountMinor) => formats.money({ amountMinor, currency }),
    writeShort: (amountMinor) => formats.compactMoney({ amountMinor, currency }),
  };
}
