import { BlockStack, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { type Breakdown, BREAKDOWNS, isOfVisits } from "../../../domain/measurement/breakdown.ts";
import type { BreakdownRowView, BreakdownView } from "../../../views/breakdown-view.ts";
import type { ResultsView } from "../../../views/results-view.ts";
import { SortedTable, type TableColumn } from "../../charts/sorted-table.tsx";
import { StepChart } from "../../charts/step-chart.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { type Late, LatePart } from "../../kit/late-part.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { breakdownName } from "./breakdown-words.ts";
import { FileButton } from "./file-button.tsx";

const ROWS_AT_FIRST = 15;
/** More bars say no more than the table. */
const MOST_BARS = 8;

interface BreakdownCardProps {
  view: ResultsView;
  by: Breakdown;
  late: Late<BreakdownView>;
  onBy: (by: Breakdown) => void;
}

/** All orders of the period by where they came from and who placed them. */
export function BreakdownCard({ view, by, late, onBy }: BreakdownCardProps) {
  const { t } = useTranslation("results");
  const { from, to } = view.range;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("breakdown.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("breakdown.intro")}
          </Text>
        </BlockStack>
        <Select
          label={t("breakdown.choose")}
          options={BREAKDOWNS.map((value) => ({ value, label: t(`breakdown.by.${value}`) }))}
          value={by}
          onChange={(value) => onBy(value as Breakdown)}
          helpText={t(`breakdown.help.${by}`)}
        />
        <LatePart
          late={late}
          isOld={(part) => part.by !== by || part.from !== from || part.to !== to}
          failed={t("breakdown.failed")}
          retry={t("funnel.retry")}
          lines={8}
        >
          {(part) => (part.by === by ? <Parts view={view} part={part} /> : null)}
        </LatePart>
      </BlockStack>
    </Card>
  );
}

function Parts({ view, part }: { view: ResultsView; part: BreakdownView }) {
  const { t } = useTranslation("results");
  const { t: all } = useTranslation();
  const { tag } = useLocale();
  const formats = useFormats(view.shop.timezone);
  const columns = useColumns(view, part);
  const { by, rows, visitsUpTo } = part;
  const bars = rows.toSorted((a, b) => b.net.amountMinor - a.net.amountMinor).slice(0, MOST_BARS);
  const write = (amountMinor: number) => formats.money({ amountMinor, currency: view.shop.currency });
  if (rows.length === 0) return <Text as="p">{t("breakdown.empty.orders")}</Text>;
  return (
    <BlockStack gap="300">
      {isEmpty(part) ? (
        <Text as="p" breakWord>
          {by === "device" ? t("breakdown.empty.device") : t("breakdown.empty.campaign")}
        </Text>
      ) : null}
      <Text as="h3" variant="headingSm">
        {t("figure.net")}
      </Text>
      <StepChart
        steps={bars.map(({ key, name, net }) => ({
          ...{ key, label: breakdownName(name, all), value: Math.max(0, net.amountMinor), tone: "orders" as const },
        }))}
        write={write}
        unknown="–"
      />
      <SortedTable
        key={by}
        label={t(`breakdown.by.${by}`)}
        locale={tag}
        rows={rows}
        keyOf={({ key }) => key}
        columns={columns}
        sortedBy={{ key: "net", descending: true }}
        fold={{ rows: ROWS_AT_FIRST, label: t("table.all", { rows: formats.number(rows.length) }) }}
      />
      {part.others === 0 ? null : (
        <Text as="p" tone="subdued">
          {t("breakdown.others", { count: part.others, groups: formats.number(part.others) })}
        </Text>
      )}
      {isOfVisits(by) && visitsUpTo !== null ? (
        <Text as="p" tone="subdued">
          {t("breakdown.visitsUpTo", { time: formats.dateTime(visitsUpTo) })}
        </Text>
      ) : null}
      <Disclosure label={t("breakdown.formulas")}>
        <BlockStack gap="100">
          {(["rows", "customer", "conversion", "acceptance", "unknown", "incremental"] as const).map((name) => (
            <Text key={name} as="p" variant="bodySm" tone="subdued">
              {t(`breakdown.formula.${name}`)}
            </Text>
          ))}
        </BlockStack>
      </Disclosure>
      <InlineStack>
        <FileButton file="breakdown" range={view.range} split={by} />
      </InlineStack>
    </BlockStack>
  );
}

/** Whether no row says anything of visits. */
function isEmpty({ by, rows }: BreakdownView): boolean {
  return isOfVisits(by) && rows.every(({ name }) => name.kind === "unknown" || isUntagged(name));
}

function isUntagged(name: BreakdownRowView["name"]): boolean {
  return (
    (name.kind === "campaign" && name.campaign === "") || (name.kind === "source" && name.source + name.medium === "")
  );
}

function useColumns({ shop }: ResultsView, part: BreakdownView): TableColumn<BreakdownRowView>[] {
  const { t } = useTranslation("results");
  const { t: all } = useTranslation();
  const formats = useFormats(shop.timezone);
  const amount = (
    key: "net" | "averageOrder" | "attributed" | "assisted" | "discount",
  ): TableColumn<BreakdownRowView> => ({
    ...{ key, label: t(`figure.${key}`), value: (row) => row[key]?.amountMinor ?? null },
    cell: (row) => (row[key] === null ? "–" : formats.money(row[key])),
  });
  const number = (
    key: "orders" | "unitsPerOrder" | "visits" | "conversion" | "acceptance",
    write: (value: number) => string,
  ): TableColumn<BreakdownRowView> => ({
    ...{ key, label: t(`figure.${key}`), value: (row) => row[key] },
    cell: (row) => (row[key] === null ? "–" : write(row[key])),
  });
  const percent = (value: number) => formats.percent(value, 1);
  const hasDiscounts = part.discountUnknownOrders === 0 || part.rows.some(({ discount }) => discount.amountMinor > 0);
  return [
    {
      ...{ key: "name", label: t(`breakdown.by.${part.by}`), value: ({ name }) => breakdownName(name, all) },
      cell: ({ name }) => breakdownName(name, all),
    },
    ...[amount("net"), number("orders", formats.number)],
    ...(isOfVisits(part.by)
      ? [number("visits", formats.number), number("conversion", percent), number("acceptance", percent)]
      : []),
    ...[amount("averageOrder"), number("unitsPerOrder", (value) => formats.decimal(value, 2))],
    ...[amount("attributed"), amount("assisted"), ...(hasDiscounts ? [amount("discount")] : [])],
  ];
}
