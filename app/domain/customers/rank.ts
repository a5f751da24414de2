import type { CustomerKey } from "../ids.ts";
import type { CustomerRank } from "../shoppers/shopper.ts";
import type { UnscoredRecord } from "./rfm.ts";
import { DAY_MS } from "../time/day.ts";

/** One point of the customer map. Amounts in the smallest unit of the shop's currency. */
export interface MapPoint {
  readonly customer: CustomerKey;
  readonly rank: CustomerRank;
  /** Across: what the customer has brought so far. */
  readonly recordMinor: number;
  /** Upwards: what another year could bring beyond the customer's own pace; see {@link customerMap}. */
  readonly roomMinor: number;
  /** Weight, 0 to 1, for whether the customer still buys here: halves with each expected gap without an order. */
  readonly active: number;
}

export type CustomerMap =
  | {
      readonly code: "ranked";
      readonly points: readonly MapPoint[];
      /** Where the map is divided: the medians of the shop's customers. */
      readonly limits: { readonly recordMinor: number; readonly roomMinor: number };
      readonly ranks: Readonly<
        Record<CustomerRank, { readonly customers: number; readonly recordMinor: number; readonly roomMinor: number }>
      >;
    }
  /** Fewer customers than can be compared with each other. */
  | { readonly code: "too-few-customers"; readonly customers: number }
  /** Nobody has ordered twice: how often people come back here is not known. */
  | { readonly code: "no-repeat-customers"; readonly customers: number };

const LEAST_CUSTOMERS = 20;
const YEAR_DAYS = 365;
/** Gaps that the shop's median counts for in a customer's own. */
const SHOP_GAPS = 1;

/**
 * Ranks every customer by room to grow against record, and gives the points of the customer map (a grid of present
 * value against potential, as of customer portfolios: Fiocca, 1982).
 *
 * record = revenue so far. room = active (max(o, O) max(b, B) - o b), where o = orders a year (over at least one year)
 * and b = revenue per order, never below 0, both capped at the shop's 95th percentile; O and B are their upper quartiles
 * in this shop. So room is what a year would bring beyond the customer's own pace if the lower of the two rose to what a
 * quarter of the customers reach already. active = 2^(-late / gap), where gap = (days between own orders + the shop's
 * median gap) / (own gaps + 1) and late = days beyond that gap since the last order: a weight that halves with each gap
 * of silence, not a probability. Rounded half up to the smallest unit.
 *
 * A value is high if it is above the shop's median, so that equal values get the same rank. At least 20 customers are
 * needed, one of whom came back. Sorted by customer key.
 */
export function customerMap(records: readonly UnscoredRecord[]): CustomerMap {
  const customers = records.length;
  if (customers < LEAST_CUSTOMERS) return { code: "too-few-customers", customers };
  const gaps = records.flatMap(({ pace }) => (pace.medianGapDays === null ? [] : [pace.medianGapDays]));
  if (gaps.length === 0) return { code: "no-repeat-customers", customers };
  const shopGap = Math.max(1, quantile(gaps, 0.5));
  const paces = capped(records.map(ordersPerYear));
  const baskets = capped(records.map(revenuePerOrder));
  const [goodPace, goodBasket] = [quantile(paces, 0.75), quantile(baskets, 0.75)];
  const unranked = records.map((record, n) => {
    const [pace, basket] = [paces[n]!, baskets[n]!];
    const more = Math.max(pace, goodPace) * Math.max(basket, goodBasket) - pace * basket;
    const active = activity(record, shopGap);
    const roomMinor = Math.floor(active * more + 0.5);
    return { customer: record.customer, recordMinor: record.what.revenueMinor, roomMinor, active };
  });
  const limits = {
    recordMinor: quantile(
      unranked.map(({ recordMinor }) => recordMinor),
      0.5,
    ),
    roomMinor: quantile(
      unranked.map(({ roomMinor }) => roomMinor),
      0.5,
    ),
  };
  const points = unranked
    .map((point) => ({ ...point, rank: rankOf(point, limits) }))
    .sort((a, b) => (a.customer < b.customer ? -1 : 1));
  return {
    code: "ranked",
    points,
    limits,
    ranks: { A: sumOf(points, "A"), B: sumOf(points, "B"), C: sumOf(points, "C"), D: sumOf(points, "D") },
  };
}

function rankOf(
  point: { recordMinor: number; roomMinor: number },
  limits: { recordMinor: number; roomMinor: number },
): CustomerRank {
  if (point.roomMinor > limits.roomMinor) return point.recordMinor > limits.recordMinor ? "A" : "B";
  return point.recordMinor > limits.recordMinor ? "C" : "D";
}

function activity({ list, pace }: UnscoredRecord, shopGap: number): number {
  const ownDays = (list.lastAt - list.firstAt) / DAY_MS;
  const gap = Math.max(1, (ownDays + SHOP_GAPS * shopGap) / (pace.orders - 1 + SHOP_GAPS));
  return 2 ** (-Math.max(0, list.recencyDays - gap) / gap);
}

function ordersPerYear({ list, pace }: UnscoredRecord): number {
  const days = (list.lastAt - list.firstAt) / DAY_MS + list.recencyDays;
  return pace.orders / Math.max(1, days / YEAR_DAYS);
}

function revenuePerOrder({ what, pace }: UnscoredRecord): number {
  return Math.max(0, what.revenueMinor / pace.orders);
}

/** Values above the 95th percentile are capped at it: one huge order does not predict others. */
function capped(values: readonly number[]): number[] {
  const limit = quantile(values, 0.95);
  return values.map((value) => Math.min(value, limit));
}

/** The least value that at least this share of the values does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

function sumOf(points: readonly MapPoint[], rank: CustomerRank) {
  const own = points.filter((point) => point.rank === rank);
  return {
    customers: own.length,
    recordMinor: own.reduce((sum, { recordMinor }) => sum + recordMinor, 0),
    roomMinor: own.reduce((sum, { roomMinor }) => sum + roomMinor, 0),
  };
}
