import type { TFunction } from "i18next";
import type { ShopEvent } from "../../../domain/measurement/shop-event.ts";
import type {
  AttributedLineView,
  RangeView,
  ResultsEffectView,
  ResultsFunnelView,
  ResultsView,
  StoreCreditView,
} from "../../../views/results-view.ts";
import type { CsvCell } from "../../csv/csv-text.ts";
import { isOfVisits } from "../../../domain/measurement/breakdown.ts";
import type { BreakdownView } from "../../../views/breakdown-view.ts";
import { breakdownName } from "./breakdown-words.ts";
import { withAssisted } from "./assisted-rows.ts";
import { FORMULAS } from "./formulas.ts";
import { resultName, roiParts, windowWords } from "./result-words.ts";

/** Files of the page "Results". */
export const RESULT_FILES = [
  "days",
  "rows",
  "roi",
  "funnel",
  "breakdown",
  "lines",
  "credits",
  "events",
  "formulas",
] as const;
export type ResultFile = (typeof RESULT_FILES)[number];

type Rows = (readonly CsvCell[])[];

/** "tsuide-tea-days-2026-10-30-2026-11-28.csv"; `by` for tables that are split. */
export function fileName(
  file: ResultFile,
  shop: string,
  { from, to }: Pick<RangeView, "from" | "to">,
  by = "",
): string {
  const handle = shop.split(".")[0]!.replace(/[^\w-]/g, "");
  const parts = ["tsuide", handle, file, ...(by === "" ? [] : [by]), from, ...(to === from ? [] : [to])];
  return `${parts.join("-")}.csv`;
}

/** Attributed revenue by day or week, beside the period before. The one with today in it is marked: both count up to now. */
export function dayRows({ steps, shop: { currency, today } }: ResultsView, t: TFunction): Rows {
  const head = ["from", "to", "attributed", "before", "currency", "isOver"].map((name) => t(`results:csv.${name}`));
  return [
    head,
    ...steps.map(({ from, to, attributedMinor, beforeMinor }) => [
      ...[from, to, { amountMinor: attributedMinor, currency }, { amountMinor: beforeMinor, currency }, currency],
      to < today,
    ]),
  ];
}

/** What each offer, surface or product earned. */
export function earnedRows(view: ResultsView, effect: ResultsEffectView, t: TFunction): Rows {
  const {
    by,
    shop: { currency },
  } = view;
  const isAssisted = by !== "product";
  const head = [
    "attributed",
    "orders",
    "units",
    "refunded",
    "discount",
    "ofItShipping",
    ...(isAssisted ? ["assisted"] : []),
    "currency",
  ];
  return [
    [t("results:csv.key"), t(`results:column.${by}`), ...head.map((name) => t(`results:csv.${name}`))],
    ...withAssisted(view, effect).map((row) => [
      ...[
        row.key,
        resultName(row.name, t),
        row.attributed,
        row.orders,
        row.units,
        row.refunded,
        row.discount,
        row.discountOnShipping,
        ...(isAssisted ? [row.assisted] : []),
        currency,
      ],
    ]),
  ];
}

/** What was added and what it cost, and the figure in percent; nothing stands for what is not known. */
export function roiRows({ shop: { currency } }: ResultsView, { roi }: ResultsEffectView, t: TFunction): Rows {
  return [
    ["figure", "amount", "currency"].map((name) => t(`results:csv.${name}`)),
    ...roiParts(roi, t).map(({ label, amount }) => [label, amount, currency]),
    [t("results:csv.roiPercent"), percentOf(roi.ratio), null],
  ];
}

/** A period's orders by where they came from or who placed them. */
export function breakdownFileRows({ by, rows }: BreakdownView, currency: string, t: TFunction): Rows {
  const figures = ["net", "orders", "averageOrder", "unitsPerOrder", "attributed", "assisted", "discount"] as const;
  const isVisited = isOfVisits(by);
  return [
    [
      t(`results:breakdown.by.${by}`),
      ...figures.map((name) => t(`results:figure.${name}`)),
      ...(isVisited ? ["visits", "conversion", "acceptance"].map((name) => t(`results:csv.${name}`)) : []),
      t("results:csv.currency"),
    ],
    ...rows.map((row) => [
      breakdownName(row.name, t),
      ...figures.map((name) => (name === "unitsPerOrder" ? rounded(row[name]) : row[name])),
      ...(isVisited ? [row.visits, percentOf(row.conversion), percentOf(row.acceptance)] : []),
      currency,
    ]),
  ];
}

/** To a hundredth. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

/** A share in percent, to a tenth. */
function percentOf(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1000) / 10;
}

/** How often shoppers came to each step. */
export function funnelFileRows({ by, rows }: ResultsFunnelView, t: TFunction): Rows {
  const steps = ["shown", "seen", "clicked", "added", "bought", "kept"] as const;
  const column = by === "product" ? "carrier" : by;
  return [
    [
      t("results:csv.key"),
      t(`results:column.${column}`),
      ...steps.map((step) => t(`results:step.${step}`)),
      t("results:csv.acceptance"),
    ],
    ...rows.map((row) => [
      row.key,
      resultName(row.name, t),
      ...steps.map((step) => row[step]),
      percentOf(row.acceptance),
    ]),
  ];
}

const LINE_COLUMNS = [
  "time",
  "order",
  "orderId",
  "productId",
  "product",
  "offer",
  "surface",
  "units",
  "sold",
  "refunded",
  "tax",
  "attributed",
  "currency",
] as const;

/** The columns of {@link lineRow}. */
export function lineHead(t: TFunction): readonly CsvCell[] {
  return LINE_COLUMNS.map((column) => t(`results:csv.${column}`));
}

export function lineRow(line: AttributedLineView, t: TFunction): readonly CsvCell[] {
  const surface = resultName({ kind: "surface", surface: line.surface }, t);
  return [
    ...[line.at, line.orderName, line.orderId, line.productId, line.title, resultName(line.offer, t), surface],
    ...[line.units, line.sold, line.refunded, line.tax, line.attributed, line.attributed.currency],
  ];
}

const CREDIT_COLUMNS = [
  "time",
  "order",
  "orderId",
  "offer",
  "state",
  "dueAt",
  "givenAt",
  "given",
  "takenBack",
  "spent",
  "currency",
] as const;

/** The columns of {@link creditRow}. */
export function creditHead(t: TFunction): readonly CsvCell[] {
  return CREDIT_COLUMNS.map((column) => t(`results:csv.${column}`));
}

export function creditRow(credit: StoreCreditView, t: TFunction): readonly CsvCell[] {
  return [
    ...[credit.at, credit.orderName, credit.orderId, resultName(credit.offer, t), t(`results:credit.${credit.state}`)],
    ...[credit.dueAt, credit.givenAt, credit.given, credit.takenBack, credit.spent, credit.given.currency],
  ];
}

const EVENT_COLUMNS = [
  ...["time", "event", "visitor", "offerNumber", "surface", "productId", "eventId"],
  ...["device", "source", "medium", "campaign"],
] as const;

/** The columns of {@link eventRow}. */
export function eventHead(t: TFunction): readonly CsvCell[] {
  return EVENT_COLUMNS.map((column) => t(`results:csv.${column}`));
}

/** Kinds and surfaces by their names in the log: what is read by programs stays the same in every language. */
export function eventRow({ at, kind, visitor, offer, surface, product, id, visit }: ShopEvent): readonly CsvCell[] {
  const time = new Date(at).toISOString();
  return [
    ...[time, kind, visitor, offer === 0 ? null : offer, surface, product === "0" ? null : product, id],
    ...(visit ? [visit.device, visit.source, visit.medium, visit.campaign] : [null, null, null, null]),
  ];
}

/** Each figure with its formula in words. */
export function formulaRows(
  { range, shop, assistance }: Pick<ResultsView, "range" | "shop" | "assistance">,
  t: TFunction,
): Rows {
  const windows = windowWords(assistance, t);
  const window = t("results:formula.window", { period: `${range.from} – ${range.to}`, timezone: shop.timezone });
  return [
    [t("results:csv.figure"), t("results:csv.formula"), t("results:csv.window")],
    ...FORMULAS.map((name) => [t(`results:figure.${name}`), t(`results:formula.of.${name}`, windows), window]),
  ];
}
