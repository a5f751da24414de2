import { fitBasketNeighbours } from "./basket-neighbours.ts";
import { fitBestRule, fitConfidence } from "./confidence.ts";
import { customerHistory } from "./customer-history.ts";
import type { CustomerHistory } from "./customer-history.ts";
import { fitNeighbourRidge } from "./neighbour-ridge.ts";
import type { RidgeOptions } from "./neighbour-ridge.ts";
import { pairWeights } from "./pair-weights.ts";
import { popularity } from "./popularity.ts";
import type { FittedRanker } from "./ranker.ts";
import type { Prior, ScoreBoard } from "./score-board.ts";
import { orderWeights } from "./training-baskets.ts";
import type { OrderWeighting, TrainingBaskets } from "./training-baskets.ts";

/** How the item model weighs orders and penalises; chosen on held-out orders. */
export interface RidgeSettings extends OrderWeighting {
  readonly penalty: number;
}

/** Everything that can have a say in a suggestion, learnt from the same orders. */
export interface FittedParts {
  readonly ridge: FittedRanker;
  readonly confidence: FittedRanker;
  readonly bestRule: FittedRanker;
  readonly neighbours: FittedRanker;
  readonly prior: Prior;
  readonly history: CustomerHistory;
}

/** How loudly each part speaks; 0 is silent. `PARTS` gives their order. */
export type Scales = readonly number[];

export const PARTS = ["ridge", "confidence", "bestRule", "neighbours", "own", "ownCompanions", "prior"] as const;
export type PartName = (typeof PARTS)[number];

/** Orders together from which a rule may speak on its own. */
const RULE_FLOOR = 5;
const DROPOUT = 0.1;
/** Neighbours an item model has at least, and multiplications it may cost to have more in a small catalogue. */
const FEWEST_NEIGHBOURS = 100;
const MOST_MULTIPLICATIONS = 6e8;
export const NEIGHBOURS = { neighbours: 200, sizePower: 0.5, latestOrders: 1000 };

export function fitRidge(baskets: TrainingBaskets, settings: RidgeSettings): FittedRanker {
  const pairs = pairWeights(baskets, orderWeights(baskets, settings));
  return fitNeighbourRidge(pairs, ridgeOptions(baskets.itemCount, settings.penalty));
}

/** A small catalogue can afford each item more neighbours: items * neighbours^3 / 6 multiplications in all. */
export function ridgeOptions(itemCount: number, penalty: number): RidgeOptions {
  const afforded = Math.floor(Math.cbrt((6 * MOST_MULTIPLICATIONS) / Math.max(1, itemCount)));
  const neighbours = Math.min(Math.max(1, itemCount - 1), Math.max(FEWEST_NEIGHBOURS, afforded));
  return { neighbours, penalty, dropout: DROPOUT };
}

export function fitParts(baskets: TrainingBaskets, ridge: FittedRanker): FittedParts {
  const plain = pairWeights(baskets, orderWeights(baskets, { sizePower: 0, halfLife: null }));
  const bySize = pairWeights(baskets, orderWeights(baskets, { sizePower: 1, halfLife: null }));
  return {
    ridge,
    confidence: fitConfidence(bySize),
    bestRule: fitBestRule(plain, RULE_FLOOR),
    neighbours: fitBasketNeighbours(baskets, NEIGHBOURS),
    prior: popularity(baskets),
    history: customerHistory(baskets.table, baskets.orders),
  };
}

export interface Asked {
  /** Distinct item indexes. */
  readonly cart: readonly number[];
  /** Customer index, or -1. */
  readonly customer: number;
}

/** Adds the part's scores of the query, times `scale`, to the board. The prior is no board matter: see `topOf`. */
export function addPart(parts: FittedParts, part: PartName, asked: Asked, scale: number, board: ScoreBoard): void {
  if (scale === 0 || part === "prior") return;
  if (part === "own") addOwn(parts, asked.customer, scale, board);
  else if (part === "ownCompanions") addOwnCompanions(parts, asked.customer, scale, board);
  else parts[part].addScores(asked.cart, scale, board);
}

/**
 * What the customer bought before: the square root of the decayed count of orders with it (the fifth time tells less
 * than the first), times the item's own readiness to be bought again.
 */
function addOwn({ history }: FittedParts, customer: number, scale: number, board: ScoreBoard): void {
  if (customer < 0) return;
  const orders = history.orders[customer]!;
  for (let k = history.start[customer]!; k < history.start[customer + 1]!; k++) {
    const item = history.item[k]!;
    board.add(item, scale * Math.sqrt(history.share[k]! * orders) * history.repeatFactor[item]!);
  }
}

/** Items of a history that speak for their companions: the most bought ones, so that a long history costs no more. */
const SPEAKING_ITEMS = 30;

/** What goes with what the customer bought before, on average over it, so that a long history is not louder. */
function addOwnCompanions(parts: FittedParts, customer: number, scale: number, board: ScoreBoard): void {
  if (customer < 0) return;
  const { start, item, share } = parts.history;
  const { start: row, companion, weight } = parts.ridge.lists!;
  const from = start[customer]!;
  const places = Uint32Array.from({ length: start[customer + 1]! - from }, (_, k) => from + k);
  const speaking = places.sort((a, b) => share[b]! - share[a]! || a - b).subarray(0, SPEAKING_ITEMS);
  const sum = speaking.reduce((all, k) => all + share[k]!, 0);
  for (const k of speaking) {
    const by = (scale * share[k]!) / sum;
    for (let e = row[item[k]!]!; e < row[item[k]! + 1]!; e++) board.add(companion[e]!, by * weight[e]!);
  }
}
