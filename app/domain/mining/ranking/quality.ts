import type { ScoredQueries } from "./held-out.ts";
import { PARTS } from "./parts.ts";
import type { Scales } from "./parts.ts";

/** How well a ranking found what was hidden, each over the slice's orders: HitRate@4, HitRate@10, NDCG@10. */
export interface Quality {
  readonly orders: number;
  readonly hitRate4: number;
  readonly hitRate10: number;
  readonly ndcg10: number;
}

/** No figure looks further down. */
const DEEPEST_RANK = 10;

/** Each candidate's score under these scales. */
export function totals({ parts, start }: ScoredQueries, scales: Scales): Float64Array {
  const sums = new Float64Array(start.at(-1)!);
  for (let column = 0; column < PARTS.length; column++) {
    const scale = scales[column]!;
    if (scale === 0) continue;
    const scores = parts[column]!;
    for (let row = 0; row < sums.length; row++) sums[row]! += scale * scores[row]!;
  }
  return sums;
}

/**
 * The rank, from 1, of the best-placed of a query's hidden candidates where every candidate scores rest + scale * part;
 * equal scores count against it. Infinity where no hidden one scores anything; not counted on beyond
 * {@link DEEPEST_RANK}.
 */
export function rankOf(
  { start, hidden }: ScoredQueries,
  query: number,
  rest: Float64Array,
  part: Float32Array,
  scale: number,
): number {
  const from = start[query]!;
  const others = from + hidden[query]!;
  let best = 0;
  for (let row = from; row < others; row++) best = Math.max(best, rest[row]! + scale * part[row]!);
  if (best <= 0) return Infinity;
  let rank = 1;
  for (let row = others; row < start[query + 1]! && rank <= DEEPEST_RANK; row++) {
    if (rest[row]! + scale * part[row]! >= best) rank++;
  }
  return rank;
}

/** Quality per slice and over all of them (the last entry). */
export function quality(queries: ScoredQueries, scales: Scales): Quality[] {
  const slices = queries.slice.reduce((most, slice) => Math.max(most, slice), 0) + 1;
  const sums = Array.from({ length: slices + 1 }, () => ({ orders: 0, hitRate4: 0, hitRate10: 0, ndcg10: 0 }));
  const scores = totals(queries, scales);
  for (let query = 0; query < queries.weight.length; query++) {
    const rank = rankOf(queries, query, scores, queries.parts[0]!, 0);
    const weight = queries.weight[query]!;
    for (const sum of [sums[queries.slice[query]!]!, sums[slices]!]) {
      sum.orders += weight;
      if (rank > DEEPEST_RANK) continue;
      sum.hitRate10 += weight;
      if (rank <= 4) sum.hitRate4 += weight;
      sum.ndcg10 += weight / Math.log2(rank + 1);
    }
  }
  return sums.map((sum) => {
    const by = sum.orders > 0 ? 1 / sum.orders : 0;
    return {
      orders: Math.round(sum.orders),
      hitRate4: sum.hitRate4 * by,
      hitRate10: sum.hitRate10 * by,
      ndcg10: sum.ndcg10 * by,
    };
  });
}
