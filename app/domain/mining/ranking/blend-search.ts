import type { ScoredQuery } from "./held-out.ts";
import { PARTS } from "./parts.ts";
import type { PartName, Scales } from "./parts.ts";
import { quality } from "./quality.ts";

/** Scales tried for a part, in units that make an average best candidate of each part score 1. */
const STEPS = [0, 0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6] as const;
const PASSES = 2;
/** A part joins or changes only for a relative gain above this, so that noise does not make a blend complicated. */
const LEAST_GAIN = 0.001;

/**
 * Coordinate ascent on NDCG@10 over the scales of the parts, from `from`: each part in turn takes the step that ranks
 * the questions best, the others fixed. Deterministic; parts not in `open` keep their scale.
 */
export function searchBlend(queries: readonly ScoredQuery[], from: Scales, open: readonly PartName[]): Scales {
  const units = partUnits(queries);
  const scales = [...from];
  let best = ndcg(queries, scales);
  for (let pass = 0; pass < PASSES; pass++) {
    const before = best;
    for (const part of open) {
      const column = PARTS.indexOf(part);
      let kept = scales[column]!;
      for (const step of STEPS) {
        scales[column] = step * units[column]!;
        const found = ndcg(queries, scales);
        if (found > best * (1 + LEAST_GAIN)) {
          best = found;
          kept = scales[column]!;
        }
      }
      scales[column] = kept;
    }
    if (best === before) break;
  }
  return scales;
}

/** For each part 1 / (mean over the questions of its best candidate's score); 0 for a part that says nothing. */
export function partUnits(queries: readonly ScoredQuery[]): number[] {
  const width = PARTS.length;
  return PARTS.map((_, column) => {
    let sum = 0;
    let spoken = 0;
    for (const { scores, candidates } of queries) {
      let top = 0;
      for (let row = 0; row < candidates.length; row++) top = Math.max(top, scores[row * width + column]!);
      if (top > 0) {
        sum += top;
        spoken++;
      }
    }
    return spoken === 0 ? 0 : spoken / sum;
  });
}

function ndcg(queries: readonly ScoredQuery[], scales: Scales): number {
  return quality(queries, scales).at(-1)!.ndcg10;
}
