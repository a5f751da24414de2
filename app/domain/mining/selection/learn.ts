import type { BasketTable } from "../../baskets/basket-table.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { customerHistory } from "../rankers/customer-history.ts";
import type { WorkerPool } from "./worker-pool.ts";
import { joinRidgeRows } from "../rankers/neighbour-ridge.ts";
import type { RidgeOptions } from "../rankers/neighbour-ridge.ts";
import { evenRanges, joinPairRows } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import type { LearntRankers } from "../rankers/rankers.ts";
import { popularity } from "../rankers/popularity.ts";
import type { OrderWeighting, TrainingBaskets } from "../matrices/training-baskets.ts";

/** How the item model weighs orders and penalises; chosen on held-out orders. */
export interface RidgeSettings extends OrderWeighting {
  readonly penalty: number;
}

const DROPOUT = 0.1;
/** Neighbours an item model has at least, and multiplications it may cost to have more in a small catalogue. */
const FEWEST_NEIGHBOURS = 100;
const MOST_MULTIPLICATIONS = 6e8;

/** A small catalogue can afford each item more neighbours: items * neighbours^3 / 6 multiplications in all. */
export function ridgeOptions(itemCount: number, penalty: number): RidgeOptions {
  const afforded = Math.floor(Math.cbrt((6 * MOST_MULTIPLICATIONS) / Math.max(1, itemCount)));
  const neighbours = Math.min(Math.max(1, itemCount - 1), Math.max(FEWEST_NEIGHBOURS, afforded));
  return { neighbours, penalty, dropout: DROPOUT };
}

/** The weighted pairs of all items under each weighting; each task counts a range of items. */
export async function learnPairs(
  baskets: TrainingBaskets,
  weightings: readonly OrderWeighting[],
  pool: WorkerPool,
): Promise<PairWeights[]> {
  const ranges = evenRanges(baskets, pool.size);
  const pieces = ranges.map((range) => pool.run("pair-rows", { baskets, weightings, ...range }));
  return joinPairRows(baskets.itemCount, await Promise.all(pieces));
}

/** Tasks per thread: with more than one, a thread that was slow holds up no other. */
const SHARES = 2;

/** The item model; each task solves a share of the targets. */
export async function learnRidge(pairs: PairWeights, options: RidgeOptions, pool: WorkerPool): Promise<CompanionLists> {
  const step = pool.size === 1 ? 1 : SHARES * pool.size;
  const pieces = Array.from({ length: step }, (_, first) => pool.run("ridge-rows", { pairs, options, first, step }));
  return joinRidgeRows(pairs, await Promise.all(pieces));
}

/** All rankers, learnt from the table's first orders. `known` pairs are not counted again. */
export async function learnRankers(
  table: BasketTable,
  baskets: TrainingBaskets,
  settings: RidgeSettings,
  pool: WorkerPool,
  known: PairWeights | null = null,
): Promise<LearntRankers> {
  const options = ridgeOptions(baskets.itemCount, settings.penalty);
  const counted = known === null ? learnPairs(baskets, [settings], pool) : Promise.resolve([known]);
  const [rules, ridge] = await Promise.all([
    pool.run("rule-lists", { baskets }),
    counted.then(([pairs]) => learnRidge(pairs!, options, pool)),
  ]);
  return { ridge, ...rules, baskets, prior: popularity(baskets), history: customerHistory(table, baskets.orders) };
}
