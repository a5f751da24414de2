import type { ScoredQueries } from "./held-out.ts";
import { RANKERS } from "../rankers/rankers.ts";
import type { RankerName, Scales } from "../rankers/rankers.ts";
import { rankOf, totals } from "./quality.ts";

/** Scales tried for a ranker, in units in which its best candidate scores 1 on average. */
const STEPS = [0, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6] as const;
const PASSES = 2;
/** Relative gain below which a ranker's scale is left as it is, so that noise does not make a blend complicated. */
const LEAST_GAIN = 0.001;

/**
 * Coordinate ascent on NDCG@10 over the scales of the rankers, from `from`: each ranker in turn takes the step that
 * ranks the queries best, with the others fixed. Deterministic; rankers not in `open` keep their scale.
 */
export function searchBlend(queries: ScoredQueries, from: Scales, open: readonly RankerName[]): Scales {
  const units = rankerUnits(queries);
  const scales = [...from];
  let best = -1;
  for (let pass = 0; pass < PASSES; pass++) {
    const before = best;
    for (const ranker of open) {
      const column = RANKERS.indexOf(ranker);
      const others = scales.with(column, 0);
      const otherTotals = totals(queries, others);
      if (best < 0) best = ndcgWith(queries, otherTotals, column, scales[column]!);
      for (const step of STEPS) {
        const scale = step * units[column]!;
        const found = ndcgWith(queries, otherTotals, column, scale);
        if (found <= best * (1 + LEAST_GAIN)) continue;
        best = found;
        scales[column] = scale;
      }
    }
    if (best === before) break;
  }
  return scales;
}

/** NDCG@10 where every candidate scores its total of the other rankers plus `scale` times this ranker. */
function ndcgWith(queries: ScoredQueries, otherTotals: Float64Array, column: number, scale: number): number {
  const ranker = queries.rankerScores[column]!;
  let sum = 0;
  for (let query = 0; query < queries.weight.length; query++) {
    const rank = rankOf(queries, query, otherTotals, ranker, scale);
    if (rank <= 10) sum += queries.weight[query]! / Math.log2(rank + 1);
  }
  return sum;
}

/**
 * For each ranker 1 / (mean of its best candidate's score over the queries that it scores); 0 for a ranker that scores
 * none.
 */
function rankerUnits({ rankerScores, start }: ScoredQueries): number[] {
  return rankerScores.map((scores) => {
    let sum = 0;
    let scored = 0;
    for (let query = 0; query + 1 < start.length; query++) {
      let top = 0;
      for (let row = start[query]!; row < start[query + 1]!; row++) top = Math.max(top, scores[row]!);
      if (top === 0) continue;
      sum += top;
      scored++;
    }
    return scored === 0 ? 0 : scored / sum;
  });
}
