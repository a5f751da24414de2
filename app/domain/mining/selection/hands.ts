import { searchBlend } from "./blend-search.ts";
import { ruleLists } from "../rankers/confidence.ts";
import { foundByLists, scoreQueries } from "./held-out.ts";
import type { HeldOutQuery, ScoredQueries } from "./held-out.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import type { HistoryScales } from "../rankers/history-additions.ts";
import { foundWithHistory } from "./history-on-lists.ts";
import { ridgeRows } from "../rankers/neighbour-ridge.ts";
import type { RidgeOptions } from "../rankers/neighbour-ridge.ts";
import { pairRows } from "../matrices/pair-weights.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import type { LearntParts, PartName, Scales } from "../rankers/parts.ts";
import type { Prior } from "../matrices/score-board.ts";
import type { OrderWeighting, TrainingBaskets } from "../matrices/training-baskets.ts";

/** The pieces of work that can be done side by side: each a pure function of plain data. */
const TASKS = {
  "pair-rows": (of: { baskets: TrainingBaskets; weightings: readonly OrderWeighting[]; from: number; to: number }) =>
    pairRows(of.baskets, of.weightings, of.from, of.to),
  "ridge-rows": (of: { pairs: PairWeights; options: RidgeOptions; first: number; step: number }) =>
    ridgeRows(of.pairs, of.options, of.first, of.step),
  "rule-lists": (of: { baskets: TrainingBaskets }) => ruleLists(of.baskets),
  "score-queries": (of: { parts: LearntParts; queries: readonly HeldOutQuery[]; asked: readonly PartName[] }) =>
    scoreQueries(of.parts, of.queries, of.asked),
  "found-by-lists": (of: { lists: CompanionLists; prior: Prior; queries: readonly HeldOutQuery[] }) =>
    foundByLists(of.lists, of.prior, of.queries),
  "found-with-history": (of: {
    parts: LearntParts;
    queries: readonly HeldOutQuery[];
    scales: readonly HistoryScales[];
  }) => foundWithHistory(of.parts, of.queries, of.scales),
  "search-blend": (of: { queries: ScoredQueries; from: Scales; open: readonly PartName[] }) =>
    searchBlend(of.queries, of.from, of.open),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof TASKS)[Name]>;

/**
 * Who does the work of learning: the caller's own thread, or several beside it. What is learnt does not depend on how
 * many there are.
 */
export interface Hands {
  /** How many pieces are done at a time. */
  readonly count: number;
  do<Name extends TaskName>(task: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
}

/** Does one piece of work, here and now. */
export function perform<Name extends TaskName>(task: Name, input: TaskInput<Name>): TaskOutput<Name> {
  // The name ties input and output together; TypeScript cannot follow that through the table.
  return (TASKS[task] as (input: TaskInput<Name>) => TaskOutput<Name>)(input);
}

/** The caller's own thread, one piece after the other. */
export const ownHand: Hands = { count: 1, do: async (task, input) => perform(task, input) };

/** Shares of what is summed up: as many whatever the number of hands, so that the sum is the same to the last bit. */
export const SUMMED_SHARES = 4;

/** A list cut into as many runs of about the same length; fewer where the list is short. */
export function inShares<Item>(list: readonly Item[], shares: number): Item[][] {
  const length = Math.max(1, Math.ceil(list.length / shares));
  const runs: Item[][] = [];
  for (let from = 0; from < list.length; from += length) runs.push(list.slice(from, from + length));
  return runs;
}
