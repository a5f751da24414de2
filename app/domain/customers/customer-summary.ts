import { BasketTableBuilder, type BasketTable } from "../baskets/basket-table.ts";
import { usualFollowers } from "../baskets/followers.ts";
import { PurchaseSequences } from "../baskets/purchase-sequence.ts";
import type { UtcMs } from "../orders/order.ts";
import { dueCustomers, dueForAnyOrder, NONE_DUE, type DueCounts, type DueCustomer } from "./due-customers.ts";
import { dueProof, type DueProof } from "./due-proof.ts";
import { type LifetimeFigures, LifetimeTally } from "./lifetime-figures.ts";
import {
  describeCustomer,
  distribution,
  scoredRecords,
  type CustomerOrder,
  type CustomerRecord,
  type Distribution,
  type UnscoredRecord,
} from "./rfm.ts";
import { mapCells, type MapCell } from "./map-cells.ts";
import { customerMap, type CustomerMap, type MapPoint } from "./rank.ts";
import type { CustomerRank } from "../shoppers/shopper.ts";
import { orderIntervals, repeatIntervals, type RepeatInterval, type RepeatPurchases } from "./repeat-interval.ts";
import { DAY_MS } from "../time/day.ts";

/** A product that is bought again, with who is due for it and what usually follows it. */
export interface RepeatProduct extends Omit<RepeatInterval, "item"> {
  readonly product: string;
  readonly due: DueCounts;
  /** What its customers order after it more than chance gives, at most three. */
  readonly followers: readonly { readonly product: string; readonly customers: number; readonly share: number }[];
}

/** The customer map in so many figures, whatever the number of customers. */
export type MapSummary =
  | (Omit<Extract<CustomerMap, { code: "ranked" }>, "points"> & { readonly cells: readonly MapCell[] })
  | Exclude<CustomerMap, { code: "ranked" }>;

/** What a shop's orders say about its customers, in bounded size and without any customer in it. */
export interface CustomerSummary {
  /** Orders of known customers, those customers, and how many of them ordered on two days or more apart. */
  readonly orders: number;
  readonly customers: number;
  readonly returning: number;
  /**
   * Customers who bought at least once, twice and so on, purchases a day or more apart; at most {@link FUNNEL_STEPS}.
   */
  readonly funnel: readonly number[];
  /** When the first of these orders was; null without any. */
  readonly firstAt: UtcMs | null;
  /** How long until a customer orders again, whatever it is; null where that differs too much between customers. */
  readonly nextOrder: Omit<RepeatProduct, "product" | "followers"> | null;
  readonly due: DueCounts;
  /** What became of those who were due thirty days ago; null where these were few. */
  readonly proof: DueProof | null;
  /** Those with most customers due first, then those that most customers came back for, then by id; at most 100. */
  readonly products: readonly RepeatProduct[];
  /** How many products are bought again, those beyond the list among them. */
  readonly productCount: number;
  readonly map: MapSummary;
  readonly spread: Distribution;
  readonly figures: LifetimeFigures;
}

/** A customer in the list of their rank: those with most to gain (A, B) or most to lose (C, D) first. */
export interface RankedCustomer extends MapPoint, Pick<CustomerRecord, "pace" | "rfm"> {
  readonly lastAt: UtcMs;
}

/** The summary, and the bounded lists of customers beside it, by pseudonym. */
export interface LearntCustomers {
  readonly summary: CustomerSummary;
  readonly due: readonly DueCustomer[];
  readonly ranked: readonly RankedCustomer[];
  /** The rank of every customer; empty where they cannot be ranked. */
  readonly ranks: ReadonlyMap<string, CustomerRank>;
}

const MOST_PRODUCTS = 100;
const MOST_FOLLOWERS = 3;
const MOST_DUE = 1_000;
const MOST_OF_A_RANK = 100;
/** Times that the repeat funnel counts customers to have bought. */
export const FUNNEL_STEPS = 8;

/**
 * Learns a shop's customers from orders that come one at a time, all of one customer after another, each customer's in
 * the order of time. Orders after `now`, of unknown time or amount are left out. The same orders and the same `now`
 * give the same outcome.
 */
export class CustomerLearner {
  readonly #now: UtcMs;
  readonly #tally: LifetimeTally;
  #table = new BasketTableBuilder();
  #records: UnscoredRecord[] = [];
  #own: CustomerOrder[] = [];
  #orders = 0;
  #returning = 0;
  readonly #funnel = Array.from({ length: FUNNEL_STEPS }, () => 0);
  #firstAt = Infinity;

  constructor(now: UtcMs) {
    this.#now = now;
    this.#tally = new LifetimeTally(now);
  }

  /** Takes one order. `id` tells orders of the same time apart. */
  add(id: string, order: CustomerOrder): void {
    const { customer, at, revenueMinor, products } = order;
    if (!Number.isFinite(at) || !(at <= this.#now) || !Number.isFinite(revenueMinor)) return;
    if (this.#own.length > 0 && this.#own[0]!.customer !== customer) this.#closeCustomer();
    this.#tally.add(order);
    if (order.returned === true) return;
    this.#orders++;
    this.#firstAt = Math.min(this.#firstAt, at);
    this.#own.push(order);
    for (const product of products) this.#table.add(id, customer, at, product);
  }

  /** What the orders so far say. To be called once, at their end. */
  learn(): LearntCustomers {
    this.#closeCustomer();
    const table = this.#table.build();
    const records = scoredRecords(this.#records);
    // What they were made from need not be kept beside them.
    this.#table = new BasketTableBuilder();
    this.#records = [];
    const repeats = repeatIntervals(table);
    const due = dueCustomers(repeats, this.#now, MOST_DUE);
    const map = customerMap(records);
    const summary: CustomerSummary = {
      orders: this.#orders,
      customers: records.length,
      returning: this.#returning,
      funnel: [...this.#funnel],
      firstAt: this.#orders === 0 ? null : this.#firstAt,
      nextOrder: nextOrder(table, this.#now),
      due: due.all,
      proof: dueProof(table, this.#now),
      products: repeatProducts(table, repeats, due.byProduct),
      productCount: repeats.products.length,
      map: mapSummary(map),
      spread: distribution(records),
      figures: this.#tally.figures(),
    };
    const points = map.code === "ranked" ? map.points : [];
    return {
      summary,
      due: due.surest,
      ranked: firstOfRanks(points, records),
      ranks: new Map(points.map(({ customer, rank }) => [customer, rank])),
    };
  }

  #closeCustomer(): void {
    const [first] = this.#own;
    if (first === undefined) return;
    const record = describeCustomer(first.customer, this.#own, this.#now);
    const times = purchaseTimes(this.#own);
    if (times > 1) this.#returning++;
    for (let step = 0; step < Math.min(times, FUNNEL_STEPS); step++) this.#funnel[step]!++;
    this.#records.push(record);
    this.#own = [];
  }
}

/** How many times a customer bought: orders within a day of the last counted one are part of it. `orders` ascend. */
function purchaseTimes(orders: readonly CustomerOrder[]): number {
  let times = 0;
  let last = -Infinity;
  for (const { at } of orders) {
    if (at - last < DAY_MS) continue;
    times++;
    last = at;
  }
  return times;
}

function nextOrder(table: BasketTable, now: UtcMs): CustomerSummary["nextOrder"] {
  const repeats = orderIntervals(table);
  const [found] = repeats.products;
  if (found === undefined) return null;
  const { item: _, ...interval } = found;
  return { ...interval, due: dueForAnyOrder(repeats, now) };
}

function repeatProducts(
  table: BasketTable,
  repeats: RepeatPurchases,
  due: ReadonlyMap<string, DueCounts>,
): RepeatProduct[] {
  const waiting = ({ due: { overdue, month } }: { due: DueCounts }) => overdue + month;
  const listed = repeats.products
    .map(({ item, ...interval }) => ({ ...interval, product: item, due: due.get(item) ?? NONE_DUE }))
    .sort((a, b) => waiting(b) - waiting(a) || b.customers - a.customers || (a.product < b.product ? -1 : 1))
    .slice(0, MOST_PRODUCTS);
  const indexOf = new Map(table.itemIds.map((id, index) => [id, index]));
  const items = listed.map(({ product }) => indexOf.get(product)!);
  const followers =
    listed.length === 0 ? new Map<string, never>() : usualFollowers(new PurchaseSequences(table), items);
  return listed.map((product) => ({
    ...product,
    followers: (followers.get(product.product) ?? [])
      .slice(0, MOST_FOLLOWERS)
      .map(({ id, customers, share }) => ({ product: id, customers, share })),
  }));
}

function mapSummary(map: CustomerMap): MapSummary {
  if (map.code !== "ranked") return map;
  const { points, ...rest } = map;
  return { ...rest, cells: mapCells(points, map.limits) };
}

function firstOfRanks(points: readonly MapPoint[], records: readonly CustomerRecord[]): RankedCustomer[] {
  const recordOf = new Map(records.map((record) => [record.customer, record]));
  const by = (figure: "roomMinor" | "recordMinor") => (a: MapPoint, b: MapPoint) =>
    b[figure] - a[figure] || (a.customer < b.customer ? -1 : 1);
  const first = (rank: CustomerRank, figure: "roomMinor" | "recordMinor") =>
    points
      .filter((point) => point.rank === rank)
      .sort(by(figure))
      .slice(0, MOST_OF_A_RANK);
  return [
    ...first("A", "roomMinor"),
    ...first("B", "roomMinor"),
    ...first("C", "recordMinor"),
    ...first("D", "recordMinor"),
  ].map((point) => {
    const { pace, rfm, list } = recordOf.get(point.customer)!;
    return { ...point, pace, rfm, lastAt: list.lastAt };
  });
}
