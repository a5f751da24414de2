import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ResultStepView, ResultsView } from "../../../views/results-view.ts";
import { SortedTable } from "../../charts/sorted-table.tsx";
import { TimeChart } from "../../charts/time-chart.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { FileButton } from "./file-button.tsx";
import { linesAddress } from "./results-address.ts";

/** Attributed revenue over the period beside that of the period before. */
export function RevenueChartCard({ view }: { view: ResultsView }) {
  const { t } = useTranslation("results");
  const formats = useFormats(view.shop.timezone);
  const { currency } = view.shop;
  const money = (amountMinor: number) => formats.money({ amountMinor, currency });
  const nameOf = useStepNames(view);
  const isByWeek = view.range.days > view.steps.length;
  const best = view.steps.reduce((most, step) => (step.attributedMinor > most.attributedMinor ? step : most));
  const isEmpty = view.steps.every((step) => step.attributedMinor === 0 && step.beforeMinor === 0);
  const label = t("chart.label", {
    total: formats.money(view.now.attributed),
    best: nameOf(best),
    most: money(best.attributedMinor),
  });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {isByWeek ? t("chart.byWeek") : t("chart.byDay")}
        </Text>
        {isEmpty ? (
          <Text as="p">{t("rows.empty")}</Text>
        ) : (
          <>
            <TimeChart
              points={view.steps.map((step) => ({
                ...{ label: formats.shortDate(step.from), name: nameOf(step), isSoFar: isSoFar(view, step) },
                ...{ value: step.attributedMinor, before: step.beforeMinor },
              }))}
              label={label}
              series={{
                ...{ value: t("chart.now"), before: t("chart.before") },
                soFar: isByWeek ? t("chart.weekSoFar") : t("chart.todaySoFar"),
              }}
              write={money}
              writeShort={(amountMinor) => formats.compactMoney({ amountMinor, currency })}
            />
            <InlineStack gap="400">
              <FileButton file="days" range={view.range} />
            </InlineStack>
            <Disclosure label={t("table.asTable")}>
              <StepsTable view={view} />
            </Disclosure>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/** All figures of the chart. */
export function StepsTable({ view }: { view: ResultsView }) {
  const { t } = useTranslation("results");
  const { tag } = useLocale();
  const formats = useFormats();
  const nameOf = useStepNames(view);
  const { currency } = view.shop;
  const money = (amountMinor: number) => formats.money({ amountMinor, currency });
  const linesOf = ({ from, to }: ResultStepView) => linesAddress({ ...view.range, name: "own", from, to });
  return (
    <SortedTable<ResultStepView>
      label={t("chart.table")}
      locale={tag}
      rows={view.steps}
      keyOf={({ from }) => from}
      sortedBy={{ key: "time", descending: false }}
      columns={[
        {
          ...{ key: "time", label: t("column.time"), value: ({ from }) => from },
          cell: (step) => <Link url={linesOf(step)}>{nameOf(step)}</Link>,
        },
        {
          ...{ key: "attributed", label: t("column.attributed"), value: (step) => step.attributedMinor },
          cell: (step) => money(step.attributedMinor),
        },
        {
          ...{ key: "before", label: t("chart.before"), value: (step) => step.beforeMinor },
          cell: (step) => money(step.beforeMinor),
        },
      ]}
    />
  );
}

/** Names of days or weeks; the one with today in it is not over. */
function useStepNames(view: ResultsView): (step: ResultStepView) => string {
  const { t } = useTranslation("results");
  const formats = useFormats(view.shop.timezone);
  return (step) => {
    const time = formats.dateRange(step.from, step.to);
    return isSoFar(view, step) ? t("chart.timeSoFar", { time }) : time;
  };
}

function isSoFar({ shop }: ResultsView, { to }: ResultStepView): boolean {
  return to >= shop.today;
}
