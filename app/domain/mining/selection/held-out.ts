import type { BasketTable } from "../../baskets/basket-table.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import type { Asked, FittedRankers, LearntRankers, RankerName } from "../rankers/rankers.ts";
import { addRankerScores, fitRankers, RANKERS } from "../rankers/rankers.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard, topOf } from "../matrices/score-board.ts";
import type { Prior } from "../matrices/score-board.ts";
import { sharedFloat32, sharedFloat64, sharedUint32 } from "../matrices/shared-arrays.ts";

/** What a suggestion is for: a whole cart, or the page of one product. */
export type Surface = "cart" | "page";

/** One test query from a held-out order: part of the order is shown, the remainder is to be found. */
export interface HeldOutQuery extends Asked {
  /** Items that count as found; an item that no training order holds counts as missed. */
  readonly hidden: readonly number[];
  /** The queries of one order weigh 1 together. */
  readonly weight: number;
  readonly slice: number;
}

/** Held-out orders are split by time into this many slices. */
export const SLICES = 4;
const HELD_OUT_SHARE = 0.2;
const MOST_ORDERS = 2000;
const QUESTIONS_PER_ORDER = 3;
/** Weight of popularity, so that it breaks ties between items that no list scored. */
const TIE_BREAK = 1e-9;

/** How many of the orders are learnt from; the latest fifth is held out. */
export function learningOrders(orders: number): number {
  return Math.floor(orders * (1 - HELD_OUT_SHARE));
}

/**
 * Questions from the orders from `from` on, in four time-ordered slices: of a basket of two or more items up to three,
 * spread over the basket, are hidden in turn (cart) or shown alone (page). At most MOST_ORDERS orders, evenly
 * spaced, are asked, of those that `isAsked` lets through.
 */
export function heldOutQueries(
  table: BasketTable,
  from: number,
  surface: Surface,
  isAsked: (order: number) => boolean = () => true,
): HeldOutQuery[] {
  const orders = table.at.length;
  const several: number[] = [];
  for (let order = from; order < orders; order++)
    if (table.start[order + 1]! - table.start[order]! > 1 && isAsked(order)) several.push(order);
  const asked = Math.min(several.length, MOST_ORDERS);
  const queries: HeldOutQuery[] = [];
  for (let k = 0; k < asked; k++) {
    const order = several[Math.floor((k * several.length) / asked)]!;
    const questions = orderQuestions(table, order, surface);
    for (const question of questions) {
      queries.push({
        ...question,
        customer: table.customer[order]!,
        weight: 1 / questions.length,
        slice: Math.floor((k * SLICES) / asked),
      });
    }
  }
  return queries;
}

/**
 * Up to three questions of one order: its items, spread over the basket, hidden in turn (cart) or shown alone (page).
 */
export function orderQuestions(
  table: Pick<BasketTable, "start" | "items">,
  order: number,
  surface: Surface,
): { readonly cart: readonly number[]; readonly hidden: readonly number[] }[] {
  const basket = [...table.items.subarray(table.start[order]!, table.start[order + 1]!)];
  const questions = Math.min(QUESTIONS_PER_ORDER, basket.length);
  return Array.from({ length: questions }, (_, q) => {
    // Shifted by the order's number, so that no position in the alphabet of ids is hidden more often than another.
    const one = basket[(Math.floor((q * basket.length) / questions) + order * 7) % basket.length]!;
    const others = basket.filter((item) => item !== one);
    return surface === "cart" ? { cart: others, hidden: [one] } : { cart: [one], hidden: others };
  });
}

/**
 * The candidates of many queries with each ranker's score, so that blends can be tried without scoring again:
 * columns over shared memory, compressed sparse rows by query.
 */
export interface ScoredQueries {
  /** Query -> its weight and slice. */
  readonly weight: Float64Array;
  readonly slice: Uint32Array;
  /** Query -> position of its first candidate; length is queries + 1. The hidden items come first. */
  readonly start: Uint32Array;
  readonly hidden: Uint32Array;
  /** For each ranker, in the order of RANKERS, its score of each candidate. */
  readonly rankerScores: readonly Float32Array[];
}

const CANDIDATES_PER_RANKER = 20;

/**
 * Candidates are the hidden items and what any ranker would suggest. Rankers that are not `asked` score 0 everywhere.
 */
export function scoreQueries(
  learnt: LearntRankers,
  queries: readonly HeldOutQuery[],
  asked: readonly RankerName[] = RANKERS,
): ScoredQueries {
  const rankers = fitRankers(learnt);
  const boards = RANKERS.map(() => new ScoreBoard(rankers.prior.share.length));
  const rows = queries.map((query) => scoreQuery(rankers, query, asked, boards));
  const start = sharedUint32(queries.length + 1);
  rows.forEach(([first], query) => (start[query + 1] = start[query]! + first!.length));
  return {
    weight: filled(sharedFloat64(queries.length), ({ weight }) => weight),
    slice: filled(sharedUint32(queries.length), ({ slice }) => slice),
    start,
    hidden: filled(sharedUint32(queries.length), ({ hidden }) => hidden.length),
    rankerScores: RANKERS.map((_, column) => {
      const scores = sharedFloat32(start[queries.length]!);
      rows.forEach((row, query) => scores.set(row[column]!, start[query]));
      return scores;
    }),
  };

  function filled<Column extends Float64Array | Uint32Array>(column: Column, of: (query: HeldOutQuery) => number) {
    queries.forEach((query, index) => (column[index] = of(query)));
    return column;
  }
}

/** For each ranker its scores of the query's candidates. */
function scoreQuery(
  rankers: FittedRankers,
  query: HeldOutQuery,
  asked: readonly RankerName[],
  boards: readonly ScoreBoard[],
): Float32Array[] {
  const candidates = new Set(query.hidden);
  const cart = new Set(query.cart);
  const isInCart = (item: number) => cart.has(item);
  RANKERS.forEach((ranker, column) => {
    if (!asked.includes(ranker)) return;
    addRankerScores(rankers, ranker, query, 1, boards[column]!);
    const scale = ranker === "prior" ? 1 : 0;
    for (const { item } of topOf(boards[column]!, rankers.prior, scale, CANDIDATES_PER_RANKER, isInCart))
      candidates.add(item);
  });
  const list = Uint32Array.from(candidates);
  const rows = RANKERS.map((ranker, column) => {
    const { scores: given } = ranker === "prior" ? { scores: rankers.prior.share } : boards[column]!;
    const scores = new Float32Array(list.length);
    for (let row = 0; row < list.length; row++) scores[row] = given[list[row]!]!;
    return scores;
  });
  for (const board of boards) board.clear();
  return rows;
}

/** Joins queries that were scored in shares, in order. */
export function joinScored(pieces: readonly ScoredQueries[]): ScoredQueries {
  const queries = pieces.reduce((sum, { weight }) => sum + weight.length, 0);
  const candidates = pieces.reduce((sum, { rankerScores }) => sum + rankerScores[0]!.length, 0);
  const joined = {
    weight: sharedFloat64(queries),
    slice: sharedUint32(queries),
    start: sharedUint32(queries + 1),
    hidden: sharedUint32(queries),
    rankerScores: RANKERS.map(() => sharedFloat32(candidates)),
  };
  let query = 0;
  let candidate = 0;
  for (const { weight, slice, start, hidden, rankerScores } of pieces) {
    joined.weight.set(weight, query);
    joined.slice.set(slice, query);
    joined.hidden.set(hidden, query);
    for (let q = 0; q < weight.length; q++) joined.start[query + q + 1] = candidate + start[q + 1]!;
    rankerScores.forEach((scores, column) => joined.rankerScores[column]!.set(scores, candidate));
    query += weight.length;
    candidate += rankerScores[0]!.length;
  }
  return joined;
}

/** The queries of some slices alone. */
export function ofSlices(queries: ScoredQueries, isWanted: (slice: number) => boolean): ScoredQueries {
  const wanted: number[] = [];
  for (let q = 0; q < queries.weight.length; q++) if (isWanted(queries.slice[q]!)) wanted.push(q);
  return joinScored(wanted.map((query) => oneQuery(queries, query)));
}

function oneQuery({ weight, slice, start, hidden, rankerScores }: ScoredQueries, query: number): ScoredQueries {
  const [from, to] = [start[query]!, start[query + 1]!];
  return {
    weight: weight.subarray(query, query + 1),
    slice: slice.subarray(query, query + 1),
    start: Uint32Array.of(0, to - from),
    hidden: hidden.subarray(query, query + 1),
    rankerScores: rankerScores.map((scores) => scores.subarray(from, to)),
  };
}

/** Hits of a ranking, as weighted sums over the queries. */
export interface Found {
  readonly asked: number;
  readonly hits10: number;
  readonly dcg10: number;
}

/** What lists find, summed over each query's cart. Popularity fills up where lists score too few items. */
export function foundByLists(lists: CompanionLists, prior: Prior, queries: readonly HeldOutQuery[]): Found {
  const ranker = listRanker("blend", lists);
  const board = new ScoreBoard(prior.share.length);
  const found = { asked: 0, hits10: 0, dcg10: 0 };
  for (const { cart, hidden, weight } of queries) {
    ranker.addScores(cart, 1, board);
    const inCart = new Set(cart);
    const top = topOf(board, prior, TIE_BREAK, 10, (item) => inCart.has(item));
    board.clear();
    found.asked += weight;
    const rank = top.findIndex(({ item }) => hidden.includes(item)) + 1;
    if (rank === 0) continue;
    found.hits10 += weight;
    found.dcg10 += weight / Math.log2(rank + 1);
  }
  return found;
}
