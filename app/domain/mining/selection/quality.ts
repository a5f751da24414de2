import type { ScoredQueries } from "./held-out.ts";
import { RANKERS } from "../rankers/rankers.ts";
import type { Scales } from "../rankers/rankers.ts";

/** How well a ranking found hidden items, over a slice's orders: HitRate@4, HitRate@10, NDCG@10. */
export interface Quality {
  readonly orders: number;
  readonly hitRate4: number;
  readonly hitRate10: number;
  readonly ndcg10: number;
}

/** No figure looks at a lower rank. */
const DEEPEST_RANK = 10;

/** Each candidate's score under these scales. */
export function totals({ rankerScores, start }: ScoredQueries, scales: Scales): Float64Array {
  const sums = new Float64Array(start.at(-1)!);
  for (let column = 0; column < RANKERS.length; column++) {
    const scale = scales[column]!;
    if (scale === 0) continue;
    const scores = rankerScores[column]!;
    for (let row = 0; row < sums.length; row++) sums[row]! += scale * scores[row]!;
  }
  return sums;
}

/**
 * The rank, from 1, of the best-placed of a query's hidden candidates where every candidate scores `otherTotals` +
 * `scale` * `ranker`; equal scores count against it. Infinity where no hidden one scores anything; not counted on
 * beyond {@link DEEPEST_RANK}.
 */
export function rankOf(
  { start, hidden }: ScoredQueries,
  query: number,
  otherTotals: Float64Array,
  ranker: Float32Array,
  scale: number,
): number {
  const from = start[query]!;
  const others = from + hidden[query]!;
  let best = 0;
  for (let row = from; row < others; row++) best = Math.max(best, otherTotals[row]! + scale * ranker[row]!);
  if (best <= 0) return Infinity;
  let rank = 1;
  for (let row = others; row < start[query + 1]! && rank <= DEEPEST_RANK; row++) {
    if (otherTotals[row]! + scale * ranker[row]! >= best) rank++;
  }
  return rank;
}

/** Sums over queries; {@link Quality} has them as shares. */
export interface Tally {
  orders: number;
  hitRate4: number;
  hitRate10: number;
  ndcg10: number;
}

/** One tally for each slice, with nothing in it. */
export function emptyTallies(slices: number): Tally[] {
  return Array.from({ length: slices }, () => ({ orders: 0, hitRate4: 0, hitRate10: 0, ndcg10: 0 }));
}

/** Adds one query of the given weight. `rank` counts from 1; 0 or more than ten means not found. */
export function addRank(tally: Tally, rank: number, weight: number): void {
  tally.orders += weight;
  if (rank < 1 || rank > DEEPEST_RANK) return;
  tally.hitRate10 += weight;
  if (rank <= 4) tally.hitRate4 += weight;
  tally.ndcg10 += weight / Math.log2(rank + 1);
}

/** Adds up tallies of several runs of queries, slice by slice. */
export function joinTallies(runs: readonly (readonly Tally[])[]): Tally[] {
  const joined = emptyTallies(runs[0]?.length ?? 0);
  for (const run of runs) {
    run.forEach((tally, slice) => {
      const sum = joined[slice]!;
      sum.orders += tally.orders;
      sum.hitRate4 += tally.hitRate4;
      sum.hitRate10 += tally.hitRate10;
      sum.ndcg10 += tally.ndcg10;
    });
  }
  return joined;
}

/** A tally as shares of its orders. */
export function qualityOf(sum: Tally): Quality {
  const by = sum.orders > 0 ? 1 / sum.orders : 0;
  return {
    orders: Math.round(sum.orders),
    hitRate4: sum.hitRate4 * by,
    hitRate10: sum.hitRate10 * by,
    ndcg10: sum.ndcg10 * by,
  };
}

/** Quality per slice and over all of them (the last entry). */
export function quality(queries: ScoredQueries, scales: Scales): Quality[] {
  const slices = queries.slice.reduce((most, slice) => Math.max(most, slice), 0) + 1;
  const sums = emptyTallies(slices + 1);
  const scores = totals(queries, scales);
  for (let query = 0; query < queries.weight.length; query++) {
    const rank = rankOf(queries, query, scores, queries.rankerScores[0]!, 0);
    for (const sum of [sums[queries.slice[query]!]!, sums[slices]!]) addRank(sum, rank, queries.weight[query]!);
  }
  return sums.map(qualityOf);
}

/**
 * Whether `next` finds clearly more: more by this share (NDCG@10) over all, and more in most of the slices. Both are
 * slices, then all of them.
 */
export function isClearlyBetter(next: readonly Quality[], winner: readonly Quality[], worth: number): boolean {
  if (next.at(-1)!.ndcg10 <= winner.at(-1)!.ndcg10 * (1 + worth)) return false;
  const won = next.slice(0, -1).filter((slice, index) => slice.ndcg10 > winner[index]!.ndcg10).length;
  return won * 2 > next.length - 1;
}
