import type { ScoredQuery } from "./held-out.ts";
import { PARTS } from "./parts.ts";
import type { Scales } from "./parts.ts";

/** How well a ranking found what was hidden, each over the slice's orders: HitRate@4, HitRate@10, NDCG@10. */
export interface Quality {
  readonly orders: number;
  readonly hitRate4: number;
  readonly hitRate10: number;
  readonly ndcg10: number;
}

/** The rank, from 1, of the best-placed hidden item under these scales; equal scores count against it. */
export function rankOfHidden(scored: ScoredQuery, scales: Scales): number {
  const width = PARTS.length;
  const { scores, isHidden, candidates } = scored;
  let bestHidden = -Infinity;
  const totals = new Float64Array(candidates.length);
  for (let row = 0; row < candidates.length; row++) {
    let total = 0;
    for (let column = 0; column < width; column++) total += scales[column]! * scores[row * width + column]!;
    totals[row] = total;
    if (isHidden[row] === 1 && total > bestHidden) bestHidden = total;
  }
  if (bestHidden <= 0) return Infinity;
  let rank = 1;
  for (let row = 0; row < candidates.length; row++) if (isHidden[row] === 0 && totals[row]! >= bestHidden) rank++;
  return rank;
}

/** Quality per slice and over all of them (the last entry). */
export function quality(queries: readonly ScoredQuery[], scales: Scales): Quality[] {
  const slices = Math.max(0, ...queries.map(({ query }) => query.slice)) + 1;
  const sums = Array.from({ length: slices + 1 }, () => ({ orders: 0, hitRate4: 0, hitRate10: 0, ndcg10: 0 }));
  for (const scored of queries) {
    const rank = rankOfHidden(scored, scales);
    for (const sum of [sums[scored.query.slice]!, sums[slices]!]) {
      const { weight } = scored.query;
      sum.orders += weight;
      if (rank > 10) continue;
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
