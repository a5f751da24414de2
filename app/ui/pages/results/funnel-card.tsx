import { BlockStack, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FunnelRowView, ResultsFunnelView, ResultsView } from "../../../views/results-view.ts";
import { SortedTable, type TableColumn } from "../../charts/sorted-table.tsx";
import { StepChart } from "../../charts/step-chart.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { type Late, LatePart } from "../../kit/late-part.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { FileButton } from "./file-button.tsx";
import { useResultName } from "./result-words.ts";

const ROWS_AT_FIRST = 15;

/** Steps that events count, and those that orders count. */
const EVENT_STEPS = ["shown", "seen", "clicked", "added"] as const;
const ORDER_STEPS = ["bought", "kept"] as const;

/** How often shoppers came to each step, in all and by offer, surface or product. */
export function FunnelCard({ view, late }: { view: ResultsView; late: Late<ResultsFunnelView> }) {
  const { t } = useTranslation("results");
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("funnel.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("funnel.intro")}
          </Text>
        </BlockStack>
        <LatePart
          late={late}
          isOld={({ by }) => by !== view.by}
          failed={t("funnel.failed")}
          retry={t("funnel.retry")}
          lines={6}
        >
          {(funnel) => <Funnel view={view} funnel={funnel} />}
        </LatePart>
      </BlockStack>
    </Card>
  );
}

function Funnel({ view, funnel }: { view: ResultsView; funnel: ResultsFunnelView }) {
  const { t } = useTranslation("results");
  const { tag } = useLocale();
  const formats = useFormats(view.shop.timezone);
  const nameOf = useResultName();
  const columns = useColumns(funnel, view.shop.timezone);
  const [chosen, setChosen] = useState("");
  const row = funnel.rows.find(({ key }) => key === chosen);
  const counts = row ?? funnel.total;
  const steps = [
    ...EVENT_STEPS.map((key) => ({ key, label: t(`step.${key}`), value: counts[key] })),
    ...ORDER_STEPS.map((key) => ({ key, label: t(`step.${key}`), value: counts[key], tone: "orders" as const })),
  ];
  if (funnel.rows.length === 0) return <Text as="p">{t("funnel.empty")}</Text>;
  return (
    <BlockStack gap="300">
      {funnel.countedSince === null ? null : (
        <Text as="p">{t("funnel.since", { time: formats.dateTime(funnel.countedSince) })}</Text>
      )}
      <Select
        label={t(`funnel.choose.${funnel.by}`)}
        options={[
          { value: "", label: t(`funnel.all.${funnel.by}`) },
          ...funnel.rows.map(({ key, name }) => ({ value: key, label: nameOf(name) })),
        ]}
        value={row === undefined ? "" : chosen}
        onChange={setChosen}
      />
      <StepChart steps={steps} write={formats.number} unknown={t("funnel.uncounted")} />
      <Text as="p" variant="bodySm" tone="subdued">
        {t("funnel.note")}
      </Text>
      <InlineStack>
        <FileButton file="funnel" range={view.range} by={view.by} />
      </InlineStack>
      <Disclosure label={t("table.asTable")}>
        <SortedTable
          label={t("funnel.title")}
          locale={tag}
          rows={funnel.rows}
          keyOf={({ key }) => key}
          columns={columns}
          sortedBy={{ key: "seen", descending: true }}
          fold={{ rows: ROWS_AT_FIRST, label: t("table.all", { rows: formats.number(funnel.rows.length) }) }}
        />
        {funnel.moreRows === 0 ? null : (
          <Text as="p" tone="subdued">
            {t("table.more", { count: funnel.moreRows, rows: formats.number(funnel.moreRows) })}
          </Text>
        )}
      </Disclosure>
    </BlockStack>
  );
}

function useColumns(funnel: ResultsFunnelView, timezone: string): TableColumn<FunnelRowView>[] {
  const { t } = useTranslation("results");
  const formats = useFormats(timezone);
  const nameOf = useResultName();
  return [
    {
      ...{ key: "name", label: t(`column.${funnel.by === "product" ? "carrier" : funnel.by}`) },
      ...{ value: ({ name }) => nameOf(name), cell: ({ name }) => nameOf(name) },
    },
    ...[...EVENT_STEPS, ...ORDER_STEPS].map((key) => ({
      ...{ key, label: t(`step.${key}`), value: (row: FunnelRowView) => row[key] },
      cell: (row: FunnelRowView) => {
        const count = row[key];
        return count === null ? "–" : formats.number(count);
      },
    })),
    {
      ...{ key: "acceptance", label: t("figure.acceptance"), value: (row: FunnelRowView) => row.acceptance },
      cell: ({ acceptance }) => (acceptance === null ? "–" : formats.percent(acceptance, 1)),
    },
  ];
}
