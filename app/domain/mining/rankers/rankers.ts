import { fitBasketNeighbours } from "./basket-neighbours.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { bestRuleRanker } from "./confidence.ts";
import type { CustomerHistory } from "./customer-history.ts";
import { listRanker } from "./ranker.ts";
import type { FittedRanker } from "./ranker.ts";
import type { Prior, ScoreBoard } from "../matrices/score-board.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** What all rankers learnt from the same orders, as plain data that can be stored or sent to a thread. */
export interface LearntRankers {
  readonly ridge: CompanionLists;
  readonly confidence: CompanionLists;
  readonly bestRule: CompanionLists;
  /** For the nearest-basket ranker. */
  readonly baskets: TrainingBaskets;
  readonly prior: Prior;
  readonly history: CustomerHistory;
}

/** All rankers, ready to score; not to be shared between threads. */
export interface FittedRankers {
  readonly ridge: FittedRanker;
  readonly confidence: FittedRanker;
  readonly bestRule: FittedRanker;
  readonly neighbours: FittedRanker;
  readonly prior: Prior;
  readonly history: CustomerHistory;
}

/** The weight of each ranker in a blend, in the order of `RANKERS`; 0 leaves it out. */
export type Scales = readonly number[];

export const RANKERS = ["ridge", "confidence", "bestRule", "neighbours", "own", "ownCompanions", "prior"] as const;
export type RankerName = (typeof RANKERS)[number];

const NEIGHBOURS = { neighbours: 200, sizePower: 0.5, latestOrders: 1000 };

export function fitRankers(learnt: LearntRankers): FittedRankers {
  return {
    ridge: listRanker("neighbour-ridge", learnt.ridge),
    confidence: listRanker("confidence", learnt.confidence),
    bestRule: bestRuleRanker(learnt.bestRule),
    neighbours: fitBasketNeighbours(learnt.baskets, NEIGHBOURS),
    prior: learnt.prior,
    history: learnt.history,
  };
}

export interface Asked {
  /** Distinct item indexes. */
  readonly cart: readonly number[];
  /** Customer index, or -1. */
  readonly customer: number;
}

/** Adds the ranker's scores for the query, times `scale`, to the board. `topOf` adds the prior. */
export function addRankerScores(
  rankers: FittedRankers,
  ranker: RankerName,
  asked: Asked,
  scale: number,
  board: ScoreBoard,
): void {
  if (scale === 0 || ranker === "prior") return;
  if (ranker === "own") addOwn(rankers, asked.customer, scale, board);
  else if (ranker === "ownCompanions") addOwnCompanions(rankers, asked.customer, scale, board);
  else rankers[ranker].addScores(asked.cart, scale, board);
}

/**
 * What the customer bought before: the square root of the decayed count of orders with it (the fifth purchase adds less
 * than the first), times the item's own repeat factor.
 */
function addOwn({ history }: FittedRankers, customer: number, scale: number, board: ScoreBoard): void {
  if (customer < 0) return;
  const orders = history.orders[customer]!;
  for (let k = history.start[customer]!; k < history.start[customer + 1]!; k++) {
    const item = history.item[k]!;
    board.add(item, scale * Math.sqrt(history.share[k]! * orders) * history.repeatFactor[item]!);
  }
}

/** Items of a history whose companions are scored: the most bought ones, so that a long history costs no more. */
const HISTORY_ITEMS = 10;

/** Companions of what the customer bought before, averaged, so that a long history weighs no more than a short one. */
function addOwnCompanions(rankers: FittedRankers, customer: number, scale: number, board: ScoreBoard): void {
  if (customer < 0) return;
  const { start, item, share } = rankers.history;
  const { start: row, companion, weight } = rankers.ridge.lists!;
  const from = start[customer]!;
  const places = Uint32Array.from({ length: start[customer + 1]! - from }, (_, k) => from + k);
  const used = places.sort((a, b) => share[b]! - share[a]! || a - b).subarray(0, HISTORY_ITEMS);
  const sum = used.reduce((all, k) => all + share[k]!, 0);
  for (const k of used) {
    board.addEach(companion, weight, row[item[k]!]!, row[item[k]! + 1]!, (scale * share[k]!) / sum);
  }
}
