import type { BasketTable } from "../basket-table.ts";
import type { Asked, FittedParts, PartName } from "./parts.ts";
import { addPart, PARTS } from "./parts.ts";
import { ScoreBoard, topOf } from "./score-board.ts";

/** Where a suggestion is asked for: a whole cart, or the page of one product. */
export type Surface = "cart" | "page";

/** One question of the held-out orders: some of an order is shown, the rest is to be found. */
export interface HeldOutQuery extends Asked {
  /** Items that count as found; an item the training orders never saw can not be found and counts as missed. */
  readonly hidden: readonly number[];
  /** The queries of one order weigh 1 together. */
  readonly weight: number;
  readonly slice: number;
}

const SLICES = 4;
const HELD_OUT_SHARE = 0.2;
const MOST_ORDERS = 2000;
const QUESTIONS_PER_ORDER = 3;

/** The latest fifth of the orders is held out; the rest is for learning. */
export function learningOrders(orders: number): number {
  return Math.floor(orders * (1 - HELD_OUT_SHARE));
}

/**
 * Questions from the orders from `from` on, in four time-ordered slices: of a basket of two or more items up to three,
 * spread over the basket, are hidden in turn (cart) or shown alone (page). At most `mostOrders` orders, evenly
 * spaced, are asked, of those that `isAsked` lets through.
 */
export function heldOutQueries(
  table: BasketTable,
  from: number,
  surface: Surface,
  mostOrders = MOST_ORDERS,
  isAsked: (order: number) => boolean = () => true,
): HeldOutQuery[] {
  const orders = table.at.length;
  const several: number[] = [];
  for (let order = from; order < orders; order++)
    if (table.start[order + 1]! - table.start[order]! > 1 && isAsked(order)) several.push(order);
  const asked = Math.min(several.length, mostOrders);
  const queries: HeldOutQuery[] = [];
  for (let k = 0; k < asked; k++) {
    const order = several[Math.floor((k * several.length) / asked)]!;
    const basket = [...table.items.subarray(table.start[order]!, table.start[order + 1]!)];
    const questions = Math.min(QUESTIONS_PER_ORDER, basket.length);
    for (let q = 0; q < questions; q++) {
      // The order's number shifts the places, so that no place in the alphabet of ids is asked more than another.
      const one = basket[(Math.floor((q * basket.length) / questions) + order * 7) % basket.length]!;
      const rest = basket.filter((item) => item !== one);
      queries.push({
        cart: surface === "cart" ? rest : [one],
        hidden: surface === "cart" ? [one] : rest,
        customer: table.customer[order]!,
        weight: 1 / questions,
        slice: Math.floor((k * SLICES) / asked),
      });
    }
  }
  return queries;
}

/** Candidates of a query with each part's score, so that blends can be tried without asking the parts again. */
export interface ScoredQuery {
  readonly query: HeldOutQuery;
  /** The hidden items first, then what any part would suggest. */
  readonly candidates: Uint32Array;
  readonly hiddenRows: number;
  /** For each part, in the order of PARTS, its score of each candidate. */
  readonly parts: readonly Float32Array[];
}

const CANDIDATES_PER_PART = 20;

/** The parts that are not `asked` score 0 everywhere. */
export function scoreQueries(
  parts: FittedParts,
  queries: readonly HeldOutQuery[],
  asked: readonly PartName[] = PARTS,
): ScoredQuery[] {
  const boards = PARTS.map(() => new ScoreBoard(parts.prior.share.length));
  return queries.map((query) => scoreQuery(parts, query, asked, boards));
}

function scoreQuery(
  parts: FittedParts,
  query: HeldOutQuery,
  asked: readonly PartName[],
  boards: readonly ScoreBoard[],
): ScoredQuery {
  const candidates = new Set(query.hidden);
  const isInCart = (item: number) => query.cart.includes(item);
  PARTS.forEach((part, column) => {
    if (!asked.includes(part)) return;
    addPart(parts, part, query, 1, boards[column]!);
    const scale = part === "prior" ? 1 : 0;
    for (const { item } of topOf(boards[column]!, parts.prior, scale, CANDIDATES_PER_PART, isInCart))
      candidates.add(item);
  });
  const list = Uint32Array.from(candidates);
  const scores = PARTS.map((part, column) => {
    const { scores: given } = part === "prior" ? { scores: parts.prior.share } : boards[column]!;
    return Float32Array.from(list, (item) => given[item]!);
  });
  for (const board of boards) board.clear();
  return { query, candidates: list, hiddenRows: query.hidden.length, parts: scores };
}
