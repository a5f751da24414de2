import type { ScoredQueries } from "./held-out.ts";
import { PARTS } from "../rankers/parts.ts";
import type { PartName, Scales } from "../rankers/parts.ts";
import { rankOf, totals } from "./quality.ts";

/** Scales tried for a part, in units that make an average best candidate of each part score 1. */
const STEPS = [0, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6] as const;
const PASSES = 2;
/** A part joins or changes only for a relative gain above this, so that noise does not make a blend complicated. */
const LEAST_GAIN = 0.001;

/**
 * Coordinate ascent on NDCG@10 over the scales of the parts, from `from`: each part in turn takes the step that ranks
 * the questions best, the others fixed. Deterministic; parts not in `open` keep their scale.
 */
export function searchBlend(queries: ScoredQueries, from: Scales, open: readonly PartName[]): Scales {
  const units = partUnits(queries);
  const scales = [...from];
  let best = -1;
  for (let pass = 0; pass < PASSES; pass++) {
    const before = best;
    for (const part of open) {
      const column = PARTS.indexOf(part);
      const others = scales.with(column, 0);
      const rest = totals(queries, others);
      if (best < 0) best = ndcgWith(queries, rest, column, scales[column]!);
      for (const step of STEPS) {
        const scale = step * units[column]!;
        const found = ndcgWith(queries, rest, column, scale);
        if (found <= best * (1 + LEAST_GAIN)) continue;
        best = found;
        scales[column] = scale;
      }
    }
    if (best === before) break;
  }
  return scales;
}

/** NDCG@10 where every candidate scores its total of the other parts plus `scale` times this part. */
function ndcgWith(queries: ScoredQueries, rest: Float64Array, column: number, scale: number): number {
  const part = queries.parts[column]!;
  let sum = 0;
  for (let query = 0; query < queries.weight.length; query++) {
    const rank = rankOf(queries, query, rest, part, scale);
    if (rank <= 10) sum += queries.weight[query]! / Math.log2(rank + 1);
  }
  return sum;
}

/** For each part 1 / (mean over the questions of its best candidate's score); 0 for a part that says nothing. */
function partUnits({ parts, start }: ScoredQueries): number[] {
  return parts.map((scores) => {
    let sum = 0;
    let spoken = 0;
    for (let query = 0; query + 1 < start.length; query++) {
      let top = 0;
      for (let row = start[query]!; row < start[query + 1]!; row++) top = Math.max(top, scores[row]!);
      if (top === 0) continue;
      sum += top;
      spoken++;
    }
    return spoken === 0 ? 0 : spoken / sum;
  });
}
