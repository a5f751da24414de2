import type { BasketTable } from "../basket-table.ts";
import { searchBlend } from "./blend-search.ts";
import { heldOutQueries, learningOrders, scoreQueries } from "./held-out.ts";
import type { HeldOutQuery, ScoredQuery, Surface } from "./held-out.ts";
import { fitParts, fitRidge, PARTS } from "./parts.ts";
import type { FittedParts, PartName, RidgeSettings, Scales } from "./parts.ts";
import { quality } from "./quality.ts";
import type { Quality } from "./quality.ts";
import type { RankerName } from "./ranker.ts";
import { trainingBaskets } from "./training-baskets.ts";
import { tuneRidge } from "./tune-ridge.ts";

/** How one ranker did on the held-out orders: each slice, oldest first, then all of them. */
export interface Contender {
  readonly name: RankerName;
  readonly scales: Scales;
  readonly slices: readonly Quality[];
  readonly overall: Quality;
}

/** What was tried for one surface, what won and why. */
export interface Choice {
  readonly surface: Surface | "customer";
  readonly contenders: readonly Contender[];
  readonly winner: RankerName;
  readonly reason: "better-in-most-slices" | "simpler-and-as-good" | "too-few-orders";
  readonly scales: Scales;
}

/** All choices for one shop, with the orders they rest on. */
export interface SelectionReport {
  readonly learningOrders: number;
  readonly heldOutOrders: number;
  readonly ridge: RidgeSettings;
  readonly cart: Choice;
  readonly page: Choice;
  /** As `cart`, for a shopper whose earlier orders are known. */
  readonly customer: Choice;
}

/** A tiny say for what sells settles what no part speaks about. */
const TIE_BREAK = 1e-6;
/** Below this many held-out orders a difference is chance, and the simplest sound ranker is used. */
const LEAST_ORDERS = 50;
/** A more complex ranker has to find this much more (relative NDCG@10), and more in most of the slices. */
const WORTH = 0.01;

const DEFAULT_RIDGE: RidgeSettings = { sizePower: 0.5, halfLife: null, penalty: 0.3 };

/** Simple first: a later one replaces an earlier one only if it is clearly better. */
const RANKERS: readonly (readonly [RankerName, Partial<Record<PartName, number>>])[] = [
  ["popularity", { prior: 1 }],
  ["confidence", { confidence: 1, prior: TIE_BREAK }],
  ["best-rule", { bestRule: 1, prior: TIE_BREAK }],
  ["neighbour-ridge", { ridge: 1, prior: TIE_BREAK }],
  ["basket-neighbours", { neighbours: 1, prior: TIE_BREAK }],
];
const FROM_THE_CART: readonly PartName[] = ["ridge", "neighbours", "confidence", "bestRule", "prior"];
const FROM_HISTORY: readonly PartName[] = ["own", "ownCompanions"];

/** Learns from the earlier orders, asks the later ones, and chooses for each surface. Deterministic. */
export function chooseRanking(table: BasketTable): SelectionReport {
  const learning = learningOrders(table.at.length);
  const cartQueries = heldOutQueries(table, learning, "cart");
  const heldOut = Math.round(cartQueries.reduce((sum, query) => sum + query.weight, 0));
  if (heldOut < LEAST_ORDERS) return undecided(learning, heldOut);
  const baskets = trainingBaskets(table, learning);
  const ridge = tuneRidge(baskets, cartQueries.map(anonymously), DEFAULT_RIDGE);
  const parts = fitParts(baskets, fitRidge(baskets, ridge));
  const cart = choose("cart", scoreQueries(parts, cartQueries.map(anonymously)), FROM_THE_CART, []);
  const pageQueries = heldOutQueries(table, learning, "page").map(anonymously);
  const page = choose("page", scoreQueries(parts, pageQueries), FROM_THE_CART, []);
  const known = cartQueries.filter(({ customer }) => hasHistory(parts, customer));
  const customer = choose("customer", scoreQueries(parts, known), FROM_HISTORY, [[cart.winner, cart.scales]]);
  return { learningOrders: learning, heldOutOrders: heldOut, ridge, cart, page, customer };
}

/** The scales that speak through these parts alone. */
export function scalesOf(loud: Partial<Record<PartName, number>>): Scales {
  return PARTS.map((part) => loud[part] ?? 0);
}

function choose(
  surface: Choice["surface"],
  queries: readonly ScoredQuery[],
  open: readonly PartName[],
  given: readonly (readonly [RankerName, Scales])[],
): Choice {
  const simple: readonly (readonly [RankerName, Scales])[] =
    given.length > 0 ? given : RANKERS.map(([name, loud]) => [name, scalesOf(loud)] as const);
  const contenders = simple.map(([name, scales]) => contender(name, scales, quality(queries, scales)));
  const from = contenders.reduce((best, next) => (isWorth(next, best) ? next : best));
  if (Math.round(queries.reduce((sum, { query }) => sum + query.weight, 0)) < LEAST_ORDERS) {
    return { surface, contenders, winner: from.name, reason: "too-few-orders", scales: from.scales };
  }
  contenders.push(blended(queries, from.scales, open));
  const winner = contenders.reduce((best, next) => (isWorth(next, best) ? next : best));
  const reason = winner === contenders.at(-1) ? "better-in-most-slices" : "simpler-and-as-good";
  return { surface, contenders, winner: winner.name, reason, scales: winner.scales };
}

/**
 * The blend's figures are of scales found without the slices they are measured on: even slices are ranked by what the
 * odd ones teach and the other way round. The scales that are used are found on all slices.
 */
function blended(queries: readonly ScoredQuery[], from: Scales, open: readonly PartName[]): Contender {
  const halves = [0, 1].map((half) => queries.filter(({ query }) => query.slice % 2 === half));
  const measured = halves.map((half, index) => quality(half, searchBlend(halves[1 - index]!, from, open)));
  const slices = quality(queries, from)
    .slice(0, -1)
    .map((_, slice) => measured[slice % 2]![slice]!);
  const all = [...slices, pooled(slices)];
  return contender("blend", searchBlend(queries, from, open), all);
}

function pooled(slices: readonly Quality[]): Quality {
  const orders = slices.reduce((sum, slice) => sum + slice.orders, 0);
  const mean = (of: (slice: Quality) => number) =>
    orders === 0 ? 0 : slices.reduce((sum, slice) => sum + of(slice) * slice.orders, 0) / orders;
  return {
    orders,
    hitRate4: mean((slice) => slice.hitRate4),
    hitRate10: mean((slice) => slice.hitRate10),
    ndcg10: mean((slice) => slice.ndcg10),
  };
}

function contender(name: RankerName, scales: Scales, measured: readonly Quality[]): Contender {
  return { name, scales, slices: measured.slice(0, -1), overall: measured.at(-1)! };
}

/** Whether the more complex `next` earns its place: clearly more found overall, and more in most of the slices. */
function isWorth(next: Contender, best: Contender): boolean {
  if (next.overall.ndcg10 <= best.overall.ndcg10 * (1 + WORTH)) return false;
  const won = next.slices.filter((slice, index) => slice.ndcg10 > best.slices[index]!.ndcg10).length;
  return won * 2 > next.slices.length;
}

function anonymously(query: HeldOutQuery): HeldOutQuery {
  return { ...query, customer: -1 };
}

function hasHistory(parts: FittedParts, customer: number): boolean {
  return customer >= 0 && parts.history.start[customer + 1]! > parts.history.start[customer]!;
}

function undecided(learning: number, heldOut: number): SelectionReport {
  const scales = scalesOf({ confidence: 1, prior: TIE_BREAK });
  const choice = (surface: Choice["surface"]): Choice => ({
    surface,
    contenders: [],
    winner: "confidence",
    reason: "too-few-orders",
    scales,
  });
  return {
    learningOrders: learning,
    heldOutOrders: heldOut,
    ridge: DEFAULT_RIDGE,
    cart: choice("cart"),
    page: choice("page"),
    customer: choice("customer"),
  };
}
