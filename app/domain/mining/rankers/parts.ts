import { fitBasketNeighbours } from "./basket-neighbours.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { bestRuleRanker } from "./confidence.ts";
import type { CustomerHistory } from "./customer-history.ts";
import { listRanker } from "./ranker.ts";
import type { FittedRanker } from "./ranker.ts";
import type { Prior, ScoreBoard } from "../matrices/score-board.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";

/** All that was learnt from the same orders, as plain data that can be stored or sent to a thread. */
export interface LearntParts {
  readonly ridge: CompanionLists;
  readonly confidence: CompanionLists;
  readonly bestRule: CompanionLists;
  /** For the nearest baskets. */
  readonly baskets: TrainingBaskets;
  readonly prior: Prior;
  readonly history: CustomerHistory;
}

/** Everything that can have a say in a suggestion, ready to be asked; not to be shared between threads. */
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

const NEIGHBOURS = { neighbours: 200, sizePower: 0.5, latestOrders: 1000 };

export function fittedParts(learnt: LearntParts): FittedParts {
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
const SPEAKING_ITEMS = 10;

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
    board.addEach(companion, weight, row[item[k]!]!, row[item[k]! + 1]!, (scale * share[k]!) / sum);
  }
}
