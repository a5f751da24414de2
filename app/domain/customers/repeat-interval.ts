import type { BasketTable } from "../mining/basket-table.ts";
import type { UtcMs } from "../orders/order.ts";
import { expectedGap, shopGaps, type ExpectedGap, type GroupGaps, type ShopGaps } from "./interval-model.ts";

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
  readonly products: readonly RepeatInterval[];
  /** Item id -> the product's gaps, for the products above. */
  readonly gaps: ReadonlyMap<string, GroupGaps>;
  /** Customer id -> item id -> when bought last, and own gaps; only of the products above. */
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

const DAY_MS = 86_400_000;
const LEAST_GAPS = 10;
const LEAST_CUSTOMERS = 5;
const LEAST_REPEAT_SHARE = 0.1;
/** An interval whose end is further than so many times its begin tells a customer nothing. */
const WIDEST_INTERVAL = 20;
/** A customer who is this many intervals' ends late is not overdue but gone. */
const GONE_AFTER = 2;
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
  const histories = readHistories(table, (customerItems) => customerItems);
  return learn(histories, options);
}

/** The same of whole orders: how long until a customer orders again. One "product", with `item` "". */
export function orderIntervals(table: BasketTable, options: RepeatOptions = {}): RepeatPurchases {
  const histories = readHistories(table, () => [WHOLE_ORDER]);
  return learn(histories, options);
}

/**
 * What a customer is due for at a time, the earliest expected first, then by item id; at most 50. Nothing for a customer
 * who is unknown, for products of thin evidence, and for what they have long been late with: that customer is gone.
 */
export function whenDue(repeats: RepeatPurchases, customer: string, now: UtcMs): Due[] {
  const { shop, gaps, customers } = repeats;
  if (shop === null || !Number.isFinite(now)) return [];
  const due: Due[] = [];
  for (const [item, own] of customers.get(customer) ?? []) {
    const { medianDays, fromDays, toDays } = expectedGap(shop, gaps.get(item)!, own);
    const after = (days: number) => own.lastAt + Math.round(days * DAY_MS);
    const [from, expectedAt, to] = [after(fromDays), after(medianDays), after(toDays)];
    if (now > own.lastAt + GONE_AFTER * (to - own.lastAt)) continue;
    const state = now < from ? "early" : now <= to ? "due" : "overdue";
    const named = item === WHOLE_ORDER ? null : item;
    due.push({ item: named, lastAt: own.lastAt, expectedAt, from, to, state, ownGaps: own.gaps });
  }
  return due
    .sort((a, b) => a.expectedAt - b.expectedAt || ((a.item ?? "") < (b.item ?? "") ? -1 : 1))
    .slice(0, MOST_DUE);
}

const WHOLE_ORDER = "";

interface History extends OwnPurchases {
  readonly customer: string;
  readonly item: string;
  readonly firstAt: UtcMs;
  readonly squares: number;
}

function readHistories(table: BasketTable, unitsOf: (items: string[]) => readonly string[]): History[] {
  const open = new Map<string, Map<string, { -readonly [K in keyof History]: History[K] }>>();
  // Orders ascend in time: a purchase is always later than those before it.
  for (let order = 0; order + 1 < table.start.length; order++) {
    const at = table.at[order]!;
    if (table.customer[order]! < 0 || Number.isNaN(at)) continue;
    const customer = table.customerIds[table.customer[order]!]!;
    const own = open.get(customer) ?? new Map();
    open.set(customer, own);
    const items = [...table.items.subarray(table.start[order]!, table.start[order + 1]!)].map((i) => table.itemIds[i]!);
    for (const item of unitsOf(items)) {
      const known = own.get(item);
      if (known === undefined) {
        own.set(item, { customer, item, firstAt: at, lastAt: at, gaps: 0, sumLog: 0, squares: 0 });
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
  }
  return [...open.values()].flatMap((own) => [...own.values()]).sort(byItemThenCustomer);
}

function learn(histories: readonly History[], options: RepeatOptions): RepeatPurchases {
  const byItem = new Map<string, History[]>();
  for (const history of histories) {
    const known = byItem.get(history.item);
    if (known) known.push(history);
    else byItem.set(history.item, [history]);
  }
  const groups = [...byItem.values()].map(groupGaps);
  const members = [...byItem.values()].flatMap((own, group) =>
    own.filter(({ gaps }) => gaps > 0).map(({ gaps, sumLog }) => ({ group, gaps, sumLog })),
  );
  const shop = shopGaps(groups, members);
  const products: RepeatInterval[] = [];
  const gaps = new Map<string, GroupGaps>();
  if (shop !== null) {
    const span = historyOf(histories);
    [...byItem].forEach(([item, own], n) => {
      const found = intervalOf(item, own, expectedGap(shop, groups[n]!), span);
      if (!isEvident(found, span, options)) return;
      products.push(found);
      gaps.set(item, groups[n]!);
    });
  }
  const customers = new Map<string, Map<string, OwnPurchases>>();
  for (const { customer, item, lastAt, gaps: ownGaps, sumLog } of histories) {
    if (!gaps.has(item)) continue;
    const own = customers.get(customer) ?? new Map<string, OwnPurchases>();
    customers.set(customer, own.set(item, { lastAt, gaps: ownGaps, sumLog }));
  }
  return { shop, products, gaps, customers };
}

function intervalOf(item: string, own: readonly History[], gap: ExpectedGap, { to }: { to: UtcMs }): RepeatInterval {
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
  const back = own.filter(({ gaps }) => gaps > 0);
  return {
    gaps: back.reduce((sum, { gaps }) => sum + gaps, 0),
    sumLog: back.reduce((sum, { sumLog }) => sum + sumLog, 0),
    withinSquares: back.reduce((sum, { squares }) => sum + squares, 0),
    withinFreedom: back.reduce((sum, { gaps }) => sum + gaps - 1, 0),
  };
}

function historyOf(histories: readonly History[]): { from: UtcMs; to: UtcMs } {
  return histories.reduce(
    ({ from, to }, { firstAt, lastAt }) => ({ from: Math.min(from, firstAt), to: Math.max(to, lastAt) }),
    { from: Infinity, to: -Infinity },
  );
}

function byItemThenCustomer(a: History, b: History): number {
  return a.item === b.item ? (a.customer < b.customer ? -1 : 1) : a.item < b.item ? -1 : 1;
}
