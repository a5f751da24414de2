import type { BasketTable } from "../../baskets/basket-table.ts";
import { browsingLists, NO_BROWSING, type BrowsingCounts, type BrowsingScales } from "../browsing/browsing-lists.ts";
import { tryBrowsing, type BrowsingTrial } from "./try-browsing.ts";
import { NEW_PRODUCT_ORDERS } from "../evidence/association.ts";
import { ordersOf, trainingBaskets } from "../matrices/training-baskets.ts";
import type { LearntRankers, Scales } from "../rankers/rankers.ts";
import { DAY_MS } from "../../time/day.ts";
import { heldOutQueries, learningOrders, type Surface } from "./held-out.ts";
import { learnRankers, type RidgeSettings } from "./learn.ts";
import { publishedLists } from "./published-lists.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** What shoppers browsed, for learning. */
export interface BrowsingMaterial {
  readonly all: BrowsingCounts;
  /** For a choice: what was browsed before the orders that it is tried on; null where nothing is to be chosen. */
  readonly earlier: (BrowsingCounts & { readonly testFrom: number }) | null;
}

/** Whether browsing adds to the lists that were learnt from orders, and what it was found to gain. */
export interface BrowsingChoice {
  readonly verdict: "in-use" | "no-gain" | "too-few-visits" | "too-few-orders";
  /** What was known of browsing: from when, until when, and in how many visits. */
  readonly from: number;
  readonly to: number;
  readonly visits: number;
  /** Visits before the orders that it was tried on, and how many orders of two products or more those were. */
  readonly earlierVisits: number;
  readonly heldOutOrders: number;
  /** Null where it was not tried. */
  readonly cart: BrowsingTrial | null;
  readonly page: BrowsingTrial | null;
  /** Whether new products, of which orders say too little, are led by what browsing says. */
  readonly leadsNewProducts: boolean;
}

/** Fewer visits than that, before the orders that it is tried on, say too little. */
export const LEAST_VISITS = 500;
/** With fewer orders a difference is chance. */
const LEAST_ORDERS = 50;
/** Share of the visits that browsing is learnt from where it is younger than the held-out orders. */
const LEARNT_SHARE = 2 / 3;
/** With fewer orders of new products nothing can be said of them. */
export const LEAST_NEW_PRODUCT_ORDERS = 10;

/** One day of browsing: when it began (milliseconds since 1970 UTC), and how many visits it had. */
export interface BrowsedDay {
  readonly day: number;
  readonly visits: number;
}

/**
 * The day from which on orders are asked about, so that browsing is tried on what came after it: the day of the first
 * held-out order, or, where browsing began only shortly before or after that, the day by which two thirds of the visits
 * had come. Null without browsing or without a dated held-out order.
 */
export function browsingTestFrom(days: readonly BrowsedDay[], { at }: Pick<BasketTable, "at">): number | null {
  const first = at[learningOrders(at.length)];
  if (first === undefined || Number.isNaN(first) || days.length === 0) return null;
  const visits = days.reduce((sum, day) => sum + day.visits, 0);
  let before = 0;
  const lastLearnt = days.find(({ visits: ofDay }) => (before += ofDay) >= LEARNT_SHARE * visits)!;
  return Math.max(Math.floor(first / DAY_MS) * DAY_MS, lastLearnt.day + DAY_MS);
}

/** What the choice of the rankings found, which browsing adds to. */
interface Found {
  /** Learnt from the earlier orders. */
  readonly rankers: LearntRankers;
  readonly ridge: RidgeSettings;
  readonly scales: Readonly<Record<Surface, Scales>>;
  readonly cartSize: number;
}

/**
 * Tries on the latest orders whether browsing adds to the lists of carts and of product pages. The orders asked about
 * came after all browsing that is learnt from, and the lists are learnt from all orders before them: neither side knows
 * more than it would have known on that day.
 */
export async function chooseBrowsing(
  table: BasketTable,
  found: Found,
  { all, earlier }: BrowsingMaterial,
  pool: WorkerPool,
): Promise<BrowsingChoice> {
  const untried = untriedBrowsing({ all, earlier });
  if (earlier === null || untried.verdict === "too-few-visits") return untried;
  const first = Math.max(learningOrders(table.at.length), ordersBefore(table.at, earlier.testFrom));
  const questions = (surface: Surface) =>
    heldOutQueries(table, first, surface).map((query) => ({ ...query, customer: -1 }));
  const cartQueries = questions("cart");
  const heldOutOrders = Math.round(cartQueries.reduce((sum, { weight }) => sum + weight, 0));
  if (heldOutOrders < LEAST_ORDERS) return { ...untried, heldOutOrders };
  const baskets = trainingBaskets(table, first);
  const isKnown = first === found.rankers.baskets.orders;
  const rankers = isKnown ? found.rankers : await learnRankers(table, baskets, found.ridge, pool);
  const browsing = browsingLists(earlier, table.itemIds, baskets);
  const isNew = (item: number) => ordersOf(baskets, item) < NEW_PRODUCT_ORDERS;
  const trial = (surface: Surface, queries: typeof cartQueries, size: number) =>
    tryBrowsing(publishedLists(rankers, found.scales[surface], size), browsing, rankers.prior, queries, isNew);
  const cart = trial("cart", cartQueries, found.cartSize);
  const page = trial("page", questions("page"), 1);
  const isUsed = cart.scales !== NO_BROWSING || page.scales !== NO_BROWSING;
  return {
    ...{ ...untried, heldOutOrders, cart, page, verdict: isUsed ? "in-use" : "no-gain" },
    leadsNewProducts: page.scales !== NO_BROWSING && findsMoreForNew(page),
  };
}

/** The choice where nothing is tried: for want of visits before the orders, else for want of orders. */
export function untriedBrowsing({ all: { from, to, visits }, earlier }: BrowsingMaterial): BrowsingChoice {
  const earlierVisits = earlier?.visits ?? 0;
  return {
    ...{ from, to, visits, earlierVisits, heldOutOrders: 0, cart: null, page: null, leadsNewProducts: false },
    verdict: earlierVisits < LEAST_VISITS ? "too-few-visits" : "too-few-orders",
  };
}

function findsMoreForNew({ newProducts }: BrowsingTrial): boolean {
  return newProducts.with.orders >= LEAST_NEW_PRODUCT_ORDERS && newProducts.with.ndcg10 > newProducts.without.ndcg10;
}

/** Orders before a time; those of unknown time come first in the table and count as before. */
function ordersBefore(times: Float64Array, at: number): number {
  let before = 0;
  while (before < times.length && !(times[before]! >= at)) before++;
  return before;
}

/** What browsing adds to the lists of a surface. */
export function browsingScales(choice: BrowsingChoice | null | undefined, surface: Surface): BrowsingScales {
  return choice?.[surface]?.scales ?? NO_BROWSING;
}
