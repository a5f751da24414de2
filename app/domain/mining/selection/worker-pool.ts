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
import type { LearntRankers, RankerName, Scales } from "../rankers/rankers.ts";
import type { Prior } from "../matrices/score-board.ts";
import type { OrderWeighting, TrainingBaskets } from "../matrices/training-baskets.ts";

/** The tasks that can run side by side: each is a pure function of plain data. */
const TASKS = {
  "pair-rows": (of: { baskets: TrainingBaskets; weightings: readonly OrderWeighting[]; from: number; to: number }) =>
    pairRows(of.baskets, of.weightings, of.from, of.to),
  "ridge-rows": (of: { pairs: PairWeights; options: RidgeOptions; first: number; step: number }) =>
    ridgeRows(of.pairs, of.options, of.first, of.step),
  "rule-lists": (of: { baskets: TrainingBaskets }) => ruleLists(of.baskets),
  "score-queries": (of: { rankers: LearntRankers; queries: readonly HeldOutQuery[]; asked: readonly RankerName[] }) =>
    scoreQueries(of.rankers, of.queries, of.asked),
  "found-by-lists": (of: { lists: CompanionLists; prior: Prior; queries: readonly HeldOutQuery[] }) =>
    foundByLists(of.lists, of.prior, of.queries),
  "found-with-history": (of: {
    rankers: LearntRankers;
    queries: readonly HeldOutQuery[];
    scales: readonly HistoryScales[];
  }) => foundWithHistory(of.rankers, of.queries, of.scales),
  "search-blend": (of: { queries: ScoredQueries; from: Scales; open: readonly RankerName[] }) =>
    searchBlend(of.queries, of.from, of.open),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof TASKS)[Name]>;

/**
 * Runs the tasks of learning, on the calling thread or on several worker threads. What is learnt does not depend on the
 * number of threads.
 */
export interface WorkerPool {
  /** How many tasks run at a time. */
  readonly size: number;
  run<Name extends TaskName>(task: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
}

/** Runs one task on the calling thread. */
export function perform<Name extends TaskName>({
  task,
  input,
}: {
  readonly task: Name;
  readonly input: TaskInput<Name>;
}): TaskOutput<Name> {
  // The name ties input and output together; TypeScript cannot follow that through the table.
  return (TASKS[task] as (input: TaskInput<Name>) => TaskOutput<Name>)(input);
}

/** A pool that runs everything on the calling thread, one task after the other. */
export const callingThread: WorkerPool = { size: 1, run: async (task, input) => perform({ task, input }) };

/** Sums are split into this many shares whatever the size of the pool, so that they are the same to the last bit. */
export const SUMMED_SHARES = 4;

/** Cuts a list into `shares` runs of about the same length; fewer where the list is short. */
export function inShares<Item>(list: readonly Item[], shares: number): Item[][] {
  const length = Math.max(1, Math.ceil(list.length / shares));
  const runs: Item[][] = [];
  for (let from = 0; from < list.length; from += length) runs.push(list.slice(from, from + length));
  return runs;
}
