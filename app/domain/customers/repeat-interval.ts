import type { BasketTable } from "../baskets/basket-table.ts";
import { itemOrders, ordersWith } from "../baskets/item-orders.ts";
import type { UtcMs } from "../orders/order.ts";
import { expectedGap, groupExpectation, shopGaps } from "./interval-model.ts";
import type { ExpectedGap, GroupExpectation, GroupGaps, ShopGaps } from "./interval-model.ts";
import { DAY_MS } from "../time/day.ts";

/** How long until customers buy a product again. */
export interface RepeatInterval extends ExpectedGap {
  /** Item id of the basket table. */
  readonly item: string;
  /** Gaps between purchases that this rests on, and the customers they are of. */
  readonly gaps: number;
  readonly customers: number;
  /** Share of the product's customers of long enough ago who bought it again. */
  readonly repeatShare: number;
}

/** When a customer is due for something they have bought before. */
export interface Due {
  /** Item id; null for the next order, whatever is in it. */
  readonly item: string | null;
  readonly lastAt: UtcMs;
  readonly expectedAt: UtcMs;
  /** The interval that holds four of five next purchases. */
  readonly from: UtcMs;
  readonly to: UtcMs;
  /** `early` before the interval, `overdue` after it. */
  readonly state: "early" | "due" | "overdue";
  /** The customer's own gaps that it rests on; 0: on the product's other customers alone. */
  readonly ownGaps: number;
}

/** The repeat purchases of a shop: what {@link repeatIntervals} reads and {@link whenDue} asks. */
export interface RepeatPurchases {
  readonly shop: ShopGaps | null;
  /** Ascending by item id. */
  readonly products: readonly RepeatInterval[];
  /** Item id -> what to expect of a customer of it, for the products above. */
  readonly expectations: ReadonlyMap<string, GroupExpectation & Pick<RepeatInterval, "repeatShare">>;
  /**
   * Customer id -> item id -> when bought last, and own gaps; only of the products above, and of those bought once only
   * where half of the product's customers come back.
   */
  readonly customers: ReadonlyMap<string, ReadonlyMap<string, OwnPurchases>>;
}

export interface OwnPurchases {
  readonly lastAt: UtcMs;
  readonly gaps: number;
  readonly sumLog: number;
}

export interface RepeatOptions {
  /** Evidence that a product needs before anything is said of it. */
  readonly leastGaps?: number;
  readonly leastCustomers?: number;
  readonly leastRepeatShare?: number;
}

const LEAST_GAPS = 10;
const LEAST_CUSTOMERS = 5;
const LEAST_REPEAT_SHARE = 0.1;
/** An interval whose end is more than this many times its start is too wide to be of use. */
const WIDEST_INTERVAL = 20;
/** A customer who is late by this many times the interval's end is not overdue but lost. */
const GONE_AFTER = 2;
const LEAST_SHARE_AFTER_ONE = 0.5;
const MOST_DUE = 50;

/**
 * Learns how long until each product is bought again, and by whom. Purchases within 24 hours of the last counted one
 * are one purchase; orders without a customer or a date are left out. See `interval-model.ts` for the formula.
 *
 * Nothing is said of a product with fewer than 10 gaps or 5 customers who came back for it, with fewer than one
 * in ten customers of long enough ago (the upper end of the interval before the last order) coming back, with an
 * interval whose end is more than 20 times its begin, or with a median of more than half the history. `products` ascend
 * by item id.
 */
export function repeatIntervals(table: BasketTable, options: RepeatOptions = {}): RepeatPurchases {
  return learn(table, purchasesOfItems(table), options);
}

/** The same of whole orders: how long until a customer orders again. One "product", with `item` "". */
export function orderIntervals(table: BasketTable, options: RepeatOptions = {}): RepeatPurchases {
  return learn(table, purchasesOfAnything(table), options);
}

/**
 * What a customer is due for at a time, the nearest to its expected time first, then by item id; at most 50. Nothing for
 * a customer who is unknown, for products of thin evidence, for a product bought once of which fewer than half of the
 * customers come back, and for what they have long been late with: that customer is gone.
 */
export function whenDue(repeats: RepeatPurchases, customer: string, now: UtcMs): Due[] {
  const { shop, expectations, customers } = repeats;
  if (shop === null || !Number.isFinite(now)) return [];
  const due: Due[] = [];
  for (const [item, own] of customers.get(customer) ?? []) {
    const expectation = expectations.get(item)!;
    const { medianDays, fromDays, toDays } = expectedGap(shop, expectation, own);
    const after = (days: number) => own.lastAt + Math.round(days * DAY_MS);
    const [from, expectedAt, to] = [after(fromDays), after(medianDays), after(toDays)];
    if (now > own.lastAt + GONE_AFTER * (to - own.lastAt)) continue;
    const state = now < from ? "early" : now <= to ? "due" : "overdue";
    const named = item === WHOLE_ORDER ? null : item;
    due.push({ item: named, lastAt: own.lastAt, expectedAt, from, to, state, ownGaps: own.gaps });
  }
  const distance = ({ expectedAt }: Due) => Math.abs(expectedAt - now);
  return due.sort((a, b) => distance(a) - distance(b) || ((a.item ?? "") < (b.item ?? "") ? -1 : 1)).slice(0, MOST_DUE);
}

const WHOLE_ORDER = "";

interface History extends OwnPurchases {
  readonly customer: string;
  readonly firstAt: UtcMs;
  readonly squares: number;
}

/** What there is to learn from: items, and the dated orders of known customers with each of them. */
interface Purchases {
  readonly items: readonly string[];
  /** Order indexes, ascending in time. */
  ordersOf(item: number): Iterable<number>;
}

function purchasesOfItems(table: BasketTable): Purchases {
  const index = itemOrders(table);
  return { items: table.itemIds, ordersOf: (item) => ordersWith(index, item) };
}

function purchasesOfAnything(table: BasketTable): Purchases {
  return { items: [WHOLE_ORDER], ordersOf: () => table.at.keys() };
}

/** The history of each customer of one item, in the order of their first purchase. */
function historiesOf(table: BasketTable, orders: Iterable<number>): History[] {
  const byCustomer = new Map<number, { -readonly [K in keyof History]: History[K] }>();
  // Orders ascend in time: a purchase is always later than those before it.
  for (const order of orders) {
    const [at, customer] = [table.at[order]!, table.customer[order]!];
    if (customer < 0 || Number.isNaN(at)) continue;
    const known = byCustomer.get(customer);
    if (known === undefined) {
      const none = { gaps: 0, sumLog: 0, squares: 0 };
      byCustomer.set(customer, { customer: table.customerIds[customer]!, firstAt: at, lastAt: at, ...none });
    } else if (at - known.lastAt >= DAY_MS) {
      const log = Math.log((at - known.lastAt) / DAY_MS);
      // Welford's update keeps the squares exact where gaps are nearly equal.
      const before = known.gaps === 0 ? log : known.sumLog / known.gaps;
      known.gaps++;
      known.sumLog += log;
      known.squares += (log - before) * (log - known.sumLog / known.gaps);
      known.lastAt = at;
    }
  }
  return [...byCustomer.values()];
}

/** Reads each item's histories twice rather than keep them all: there are as many as customers have bought products. */
function learn(table: BasketTable, { items, ordersOf }: Purchases, options: RepeatOptions): RepeatPurchases {
  const groups = items.map((_, item) => groupGaps(historiesOf(table, ordersOf(item))));
  const shop = shopGaps(groups);
  const products: RepeatInterval[] = [];
  const expectations = new Map<string, GroupExpectation & Pick<RepeatInterval, "repeatShare">>();
  const customers = new Map<string, Map<string, OwnPurchases>>();
  if (shop === null) return { shop, products, expectations, customers };
  const span = spanOf(table);
  items.forEach((item, n) => {
    if (groups[n]!.members.length < (options.leastCustomers ?? LEAST_CUSTOMERS)) return;
    const own = historiesOf(table, ordersOf(n));
    const expectation = groupExpectation(shop, groups[n]!);
    const found = intervalOf(item, own, expectedGap(shop, expectation), span.to);
    if (!isEvident(found, span, options)) return;
    products.push(found);
    expectations.set(item, { ...expectation, repeatShare: found.repeatShare });
    for (const { customer, lastAt, gaps, sumLog } of own) {
      if (!isExpectedAgain(gaps, found)) continue;
      const bought = customers.get(customer) ?? new Map<string, OwnPurchases>();
      customers.set(customer, bought.set(item, { lastAt, gaps, sumLog }));
    }
  });
  return { shop, products, expectations, customers };
}

/** A customer who bought something once is expected again only where half of its customers buy it again. */
function isExpectedAgain(ownGaps: number, { repeatShare }: Pick<RepeatInterval, "repeatShare">): boolean {
  return ownGaps > 0 || repeatShare >= LEAST_SHARE_AFTER_ONE;
}

function intervalOf(item: string, own: readonly History[], gap: ExpectedGap, to: UtcMs): RepeatInterval {
  const back = own.filter(({ gaps }) => gaps > 0);
  const longAgo = own.filter(({ firstAt }) => to - firstAt >= gap.toDays * DAY_MS);
  return {
    ...gap,
    item,
    gaps: back.reduce((sum, { gaps }) => sum + gaps, 0),
    customers: back.length,
    repeatShare: longAgo.length === 0 ? 0 : longAgo.filter(({ gaps }) => gaps > 0).length / longAgo.length,
  };
}

function isEvident(found: RepeatInterval, span: { from: UtcMs; to: UtcMs }, options: RepeatOptions): boolean {
  return (
    found.gaps >= (options.leastGaps ?? LEAST_GAPS) &&
    found.customers >= (options.leastCustomers ?? LEAST_CUSTOMERS) &&
    found.repeatShare >= (options.leastRepeatShare ?? LEAST_REPEAT_SHARE) &&
    found.toDays <= WIDEST_INTERVAL * found.fromDays &&
    found.medianDays * DAY_MS * 2 <= span.to - span.from
  );
}

function groupGaps(own: readonly History[]): GroupGaps {
  const members = own.filter(({ gaps }) => gaps > 0);
  return {
    members,
    withinSquares: members.reduce((sum, { squares }) => sum + squares, 0),
    withinFreedom: members.reduce((sum, { gaps }) => sum + gaps - 1, 0),
  };
}

function spanOf({ at, customer }: BasketTable): { from: UtcMs; to: UtcMs } {
  let [from, to] = [Infinity, -Infinity];
  at.forEach((time, order) => {
    if (customer[order]! >= 0 && !Number.isNaN(time)) [from, to] = [Math.min(from, time), Math.max(to, time)];
  });
  return { from, to };
}
