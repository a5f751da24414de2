import type { CustomerKey } from "../ids.ts";
import type { UtcMs } from "../orders/order.ts";
import { DAY_MS } from "../time/day.ts";

/** One order of a known customer. */
export interface CustomerOrder {
  readonly customer: CustomerKey;
  readonly at: UtcMs;
  /** What was paid for it less what was given back, in the smallest unit of the shop's currency. */
  readonly revenueMinor: number;
  /** Ids of the products in it. */
  readonly products: readonly string[];
  /** Given back as a whole: it counts in averages over orders, and nothing was bought by it. */
  readonly returned?: boolean;
}

/** Which fifth of the shop's customers: 5 is the best. */
export type Quintile = 1 | 2 | 3 | 4 | 5;

/** A customer by list (since when, how lately), what (what and how much) and pace (how often). */
export interface CustomerRecord {
  readonly customer: CustomerKey;
  readonly list: { readonly firstAt: UtcMs; readonly lastAt: UtcMs; readonly recencyDays: number };
  readonly what: {
    readonly revenueMinor: number;
    readonly products: number;
    /** The products of most orders, at most three, then by id. */
    readonly favourites: readonly string[];
  };
  readonly pace: {
    readonly orders: number;
    /** Median of the days between orders; null for a single order. */
    readonly medianGapDays: number | null;
  };
  readonly rfm: { readonly recency: Quintile; readonly frequency: Quintile; readonly monetary: Quintile };
}

/** The customers with one score: how many, and the least and the most that they have. */
export interface ScoreRange {
  readonly score: Quintile;
  readonly customers: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What each score stands for in this shop, the best first. Ranges of one figure never overlap: customers who are alike
 * score alike. A score that nobody has is absent.
 */
export interface Distribution {
  readonly recencyDays: readonly ScoreRange[];
  readonly orders: readonly ScoreRange[];
  readonly revenueMinor: readonly ScoreRange[];
}

const FAVOURITES = 3;

/**
 * List, what and pace of every customer with a dated order up to `now`, and RFM scores against the shop's own
 * customers (recency, frequency, monetary: Hughes, 1994).
 *
 * A score is 1 + floor(5 (worse + equal / 2) / all), where `worse` counts the customers with a lower value and `equal`
 * those with the same one, the customer among them (mid-rank): customers who are alike score alike, whatever their
 * order, and where all are alike all score 3. Recency is compared in whole days, as pages show it. Orders after `now`, of
 * unknown time or amount are left out; a customer's revenue may be negative after refunds. Sorted by customer key.
 */
export function customerRecords(orders: Iterable<CustomerOrder>, now: UtcMs): CustomerRecord[] {
  const own = new Map<CustomerKey, CustomerOrder[]>();
  for (const order of orders) {
    if (!(order.at <= now) || !Number.isFinite(order.at) || !Number.isFinite(order.revenueMinor)) continue;
    const known = own.get(order.customer);
    if (known) known.push(order);
    else own.set(order.customer, [order]);
  }
  return scoredRecords([...own].map(([customer, list]) => describeCustomer(customer, list, now)));
}

/** A customer before being held against the others. */
export type UnscoredRecord = Omit<CustomerRecord, "rfm">;

/** The RFM scores of {@link customerRecords} for customers who are described already. Sorted by customer key. */
export function scoredRecords(unscored: readonly UnscoredRecord[]): CustomerRecord[] {
  const recency = quintiles(unscored.map(({ list }) => -Math.floor(list.recencyDays)));
  const frequency = quintiles(unscored.map(({ pace }) => pace.orders));
  const monetary = quintiles(unscored.map(({ what }) => what.revenueMinor));
  return unscored
    .map((record, n) => ({
      ...record,
      rfm: { recency: recency[n]!, frequency: frequency[n]!, monetary: monetary[n]! },
    }))
    .sort((a, b) => (a.customer < b.customer ? -1 : 1));
}

/** What the scores of the shop's customers stand for; none without customers. */
export function distribution(records: readonly CustomerRecord[]): Distribution {
  return {
    recencyDays: ranges(records.map(({ list, rfm }) => [rfm.recency, list.recencyDays])),
    orders: ranges(records.map(({ pace, rfm }) => [rfm.frequency, pace.orders])),
    revenueMinor: ranges(records.map(({ what, rfm }) => [rfm.monetary, what.revenueMinor])),
  };
}

function ranges(scored: readonly (readonly [Quintile, number])[]): ScoreRange[] {
  const found = new Map<Quintile, ScoreRange>();
  for (const [score, value] of scored) {
    const { customers = 0, from = value, to = value } = found.get(score) ?? {};
    found.set(score, { score, customers: customers + 1, from: Math.min(from, value), to: Math.max(to, value) });
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

/** The fifth that each value falls into, by mid-rank (see {@link customerRecords}). In the order given. */
export function quintiles(values: readonly number[]): Quintile[] {
  const sorted = Float64Array.from(values).sort();
  return values.map((value) => {
    const worse = firstAtLeast(sorted, value);
    const equal = firstAbove(sorted, value) - worse;
    return Math.min(5, 1 + Math.floor((5 * (worse + equal / 2)) / values.length)) as Quintile;
  });
}

/** List, what and pace of one customer with at least one order, all of them of known time up to `now` and amount. */
export function describeCustomer(customer: CustomerKey, orders: readonly CustomerOrder[], now: UtcMs): UnscoredRecord {
  const times = orders.map(({ at }) => at).sort((a, b) => a - b);
  const gaps = times.slice(1).map((at, n) => (at - times[n]!) / DAY_MS);
  const counts = new Map<string, number>();
  for (const { products } of orders) {
    for (const product of new Set(products)) counts.set(product, (counts.get(product) ?? 0) + 1);
  }
  const lastAt = times[times.length - 1]!;
  return {
    customer,
    list: { firstAt: times[0]!, lastAt, recencyDays: (now - lastAt) / DAY_MS },
    what: {
      revenueMinor: orders.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0),
      products: counts.size,
      favourites: [...counts]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, FAVOURITES)
        .map(([product]) => product),
    },
    pace: { orders: orders.length, medianGapDays: gaps.length === 0 ? null : median(gaps) },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
