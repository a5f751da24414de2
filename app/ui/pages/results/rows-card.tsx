import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ResultRowView, ResultsEffectView, ResultsView } from "../../../views/results-view.ts";
import { SortedTable, type TableColumn } from "../../charts/sorted-table.tsx";
import { useFormats, useLocale } from "../../kit/locale-provider.tsx";
import { withAssisted } from "./assisted-rows.ts";
import { isOf } from "./effect-part.tsx";
import { FileButton } from "./file-button.tsx";
import { LINE_FIELDS, linesAddress } from "./results-address.ts";
import { useResultName } from "./result-words.ts";

/** More would push everything else off the screen. */
const ROWS_AT_FIRST = 15;

/** What each offer, surface or product earned. */
export function RowsCard({ view, effect }: { view: ResultsView; effect: ResultsEffectView | null }) {
  const { t } = useTranslation("results");
  const { tag } = useLocale();
  const formats = useFormats(view.shop.timezone);
  const columns = useColumns(view);
  // What was assisted comes after the page.
  const rows = effect !== null && isOf(effect, view) ? withAssisted(view, effect) : view.rows;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t(`rows.title.${view.by}`)}
          </Text>
          <Text as="p" tone="subdued">
            {t(`rows.intro.${view.by}`)}
          </Text>
        </BlockStack>
        {rows.length === 0 ? (
          <Text as="p">{t("rows.empty")}</Text>
        ) : (
          <SortedTable
            label={t(`rows.title.${view.by}`)}
            locale={tag}
            rows={rows}
            keyOf={({ key }) => key}
            columns={columns}
            sortedBy={{ key: "attributed", descending: true }}
            fold={{ rows: ROWS_AT_FIRST, label: t("table.all", { rows: formats.number(rows.length) }) }}
          />
        )}
        {view.moreRows === 0 ? null : (
          <Text as="p" tone="subdued">
            {t("table.more", { count: view.moreRows, rows: formats.number(view.moreRows) })}
          </Text>
        )}
        {rows.length === 0 ? null : (
          <InlineStack>
            <FileButton file="rows" range={view.range} by={view.by} />
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function useColumns({ by, range, shop, now }: ResultsView): TableColumn<ResultRowView>[] {
  const { t } = useTranslation("results");
  const formats = useFormats(shop.timezone);
  const nameOf = useResultName();
  const total = now.attributed.amountMinor;
  const share = (row: ResultRowView) => (total > 0 ? row.attributed.amountMinor / total : null);
  const amount = (key: "attributed" | "refunded" | "discount" | "assisted"): TableColumn<ResultRowView> => ({
    ...{ key, label: t(`column.${key}`), value: (row) => row[key]?.amountMinor ?? null },
    cell: (row) => (row[key] === null ? "…" : formats.money(row[key])),
  });
  const count = (key: "orders" | "units"): TableColumn<ResultRowView> => ({
    ...{ key, label: t(`column.${key}`), value: (row) => row[key], cell: (row) => formats.number(row[key]) },
  });
  return [
    {
      ...{ key: "name", label: t(`column.${by}`), value: ({ name }) => nameOf(name) },
      cell: ({ key, name }) => <Link url={linesAddress(range, { [LINE_FIELDS[by]]: key })}>{nameOf(name)}</Link>,
    },
    amount("attributed"),
    {
      ...{ key: "share", label: t("column.share"), value: share },
      cell: (row) => {
        const part = share(row);
        return part === null ? "–" : formats.percent(part, 1);
      },
    },
    count("orders"),
    count("units"),
    amount("refunded"),
    // What else was bought is no one product's.
    ...(by === "product" ? [] : [amount("assisted")]),
    ...(now.discountUnknownOrders > 0 && now.discount.amountMinor === 0 ? [] : [amount("discount")]),
  ];
}
