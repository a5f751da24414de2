import type { CreditReason } from "../domain/store-credit/next-move.ts";
import type { ClaimedSurface } from "../domain/offers/surface.ts";
import type { RangeName } from "../domain/time/report-range.ts";
import type { MoneyView } from "./money-view.ts";

/** What figures are split by in the tables of the page "Results". */
export const RESULT_DIMENSIONS = ["offer", "surface", "product"] as const;
export type ResultDimension = (typeof RESULT_DIMENSIONS)[number];

/** A period and the one that it is compared with, in days of the shop ("2026-11-21"). */
export interface RangeView {
  name: RangeName;
  days: number;
  from: string;
  to: string;
  beforeFrom: string;
  beforeTo: string;
  /** Where the period's last day is not over: up to when orders of the period before count, an ISO time. */
  beforeUpTo: string | null;
}

/** What a row of a table is about. */
export type ResultName =
  | {
      kind: "offer";
      /** Null in claims of before offers had numbers. */ number: number | null;
      type: string;
      name: string;
    }
  /** What customers buy again and again: no offer stands behind it. */
  | { kind: "again" }
  | { kind: "surface"; surface: ClaimedSurface }
  /** `productId` is the bare number; null for offers of the whole shop, which stand on no product. */
  | { kind: "product"; productId: string | null; title: string | null };

/** See `docs/figures.md` for the formula of each figure. */
export interface FiguresView {
  attributed: MoneyView;
  /** Orders and lines of which something that came through an offer is still sold. */
  attributedOrders: number;
  attributedLines: number;
  refunded: MoneyView;
  /** All that our discounts gave, and its parts: off items that are still sold, and off shipping. */
  discount: MoneyView;
  discountOnItems: MoneyView;
  discountOnShipping: MoneyView;
  /** Orders of which nobody knows what our discounts took off. */
  discountUnknownOrders: number;
  /** All orders of the shop, and what they are worth. */
  orders: number;
  net: MoneyView;
  averageOrder: MoneyView | null;
  unitsPerOrder: number | null;
}

/** Assisted revenue and its parts, each order by the strongest way in which it met an offer. */
export interface AssistedView {
  total: MoneyView;
  orders: number;
  /** Something else in the order came through an offer; its shopper used one; its shopper saw one. */
  through: MoneyView;
  used: MoneyView;
  seen: MoneyView;
  /** Orders of which it is known whether an offer assisted them. */
  knownOrders: number;
}

/** What offers earned by the shoppers who are shown none, or why that is not known. */
export type IncrementalView =
  | { kind: "off" | "no-visitors" | "wrong-split" }
  /** Buyers of the smaller group so far, and how many more days the period needs; null where nobody knows. */
  | { kind: "not-enough"; buyers: number; daysLeft: number | null }
  | {
      kind: "estimate";
      estimate: MoneyView;
      low: MoneyView;
      high: MoneyView;
      /** Visitors who were shown offers and who were not, and what one of each spent. */
      shown: number;
      heldOut: number;
      perShown: MoneyView;
      perHeldOut: MoneyView;
      /** The figure is of this time on, where that is later than the period's beginning; an ISO time. */
      since: string | null;
    };

/** What was brought in beside what it cost, see `domain/measurement/roi.ts`; null for what is not known. */
export interface RoiView {
  /** Which revenue was added. */
  basis: "incremental" | "attributed";
  /** 0.5 for 50 percent. */
  ratio: number | null;
  /** Of incremental revenue's own interval. */
  interval: { low: number; high: number } | null;
  /** Before our own discounts. */
  added: MoneyView;
  discounts: MoneyView | null;
  /** What our own discounts took off shipping. */
  shipping: MoneyView | null;
  /** What offers gave as store credit. */
  credit: MoneyView;
  goods: MoneyView | null;
  monthly: MoneyView | null;
  cost: MoneyView | null;
  /** Costs that are not known. */
  missing: ("discounts" | "goods" | "monthly")[];
  /** Order lines of goods without a cost in Shopify, and the margin that stands for them. */
  goodsWithoutCost: number;
  marginPercent: number | null;
}

/** What one offer, surface or product earned. */
export interface ResultRowView {
  key: string;
  name: ResultName;
  attributed: MoneyView;
  refunded: MoneyView;
  /** All that our discounts gave, and the part of it that was taken off shipping: none by surface or product. */
  discount: MoneyView;
  discountOnShipping: MoneyView;
  /** Not to be added up: an order that met two offers is in both rows. Null until it has come. */
  assisted: MoneyView | null;
  orders: number;
  units: number;
}

/** One point of the chart: a day, or a week. Amounts in the smallest unit of the shop's currency. */
export interface ResultStepView {
  from: string;
  to: string;
  attributedMinor: number;
  beforeMinor: number;
}

export interface ResultsView {
  /** `today`: the day that it is in the shop. */
  shop: { domain: string; currency: string; timezone: string; today: string };
  range: RangeView;
  now: FiguresView;
  before: FiguresView;
  /** How long before an order a look at an offer, or its use, counts as assistance, and up to when visits are known. */
  assistance: { seenDays: number; usedDays: number; asOf: string | null };
  steps: ResultStepView[];
  by: ResultDimension;
  /** Those with the highest attributed revenue. */
  rows: ResultRowView[];
  /** Rows that are left out of `rows`. */
  moreRows: number;
  /** Orders in other currencies: no figure counts them. */
  otherCurrencyOrders: number;
  /** Whether any offer is there, whatever its status. */
  hasOffers: boolean;
}

/** What one offer or surface assisted. */
export interface AssistedRowView {
  key: string;
  name: ResultName;
  assisted: MoneyView;
}

/** What offers assisted and added in a period and what they cost: it comes after the page, since it takes longest to read. */
export interface ResultsEffectView {
  from: string;
  to: string;
  by: ResultDimension;
  assisted: AssistedView;
  /** By offer or surface, the most first; none by product: what else was bought is no one product's. */
  assistedRows: AssistedRowView[];
  incremental: IncrementalView;
  roi: RoiView;
}

/** How often shoppers came to each step with one offer, on one surface or on one product's page. */
export interface FunnelRowView {
  key: string;
  name: ResultName;
  shown: number;
  seen: number;
  clicked: number;
  /** Null where the theme's own button adds, which nobody counts. */
  added: number | null;
  /** Order lines, and those of which something is still sold. */
  bought: number;
  kept: number;
  /** Added ÷ seen, where both are counted; null where it was not seen. */
  acceptance: number | null;
}

export interface ResultsFunnelView {
  by: ResultDimension;
  /** From which time on steps are counted, where that is later than the period's beginning; an ISO time. */
  countedSince: string | null;
  total: Omit<FunnelRowView, "key" | "name">;
  rows: FunnelRowView[];
  moreRows: number;
}

/** One order line that came through an offer. */
export interface AttributedLineView {
  orderId: string;
  orderName: string;
  /** When the order was placed, an ISO time. */
  at: string;
  title: string;
  productId: string | null;
  offer: ResultName;
  surface: ClaimedSurface;
  units: number;
  sold: MoneyView;
  refunded: MoneyView;
  tax: MoneyView;
  /** What is left: sold, less refunded, less tax. */
  attributed: MoneyView;
}

/** What one order earned from one offer as store credit. Amounts are in the currency that was paid in. */
export interface StoreCreditView {
  orderId: string;
  orderName: string;
  /** When the order was placed, an ISO time. */
  at: string;
  offer: ResultName;
  state: "given" | "waiting" | CreditReason;
  /** ISO times: when it is to be given, and when it was; null as long as nothing was. */
  dueAt: string;
  givenAt: string | null;
  given: MoneyView;
  takenBack: MoneyView;
  /** What was to be taken back and was spent. */
  spent: MoneyView;
}

export interface ResultLinesView {
  shop: { domain: string; currency: string; timezone: string };
  range: RangeView;
  /** What the lines are narrowed to. */
  filter: { refunded: boolean; names: ResultName[] };
  lines: AttributedLineView[];
  total: number;
  page: number;
  pageCount: number;
}
