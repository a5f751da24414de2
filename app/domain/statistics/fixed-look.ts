import { type Comparison, differenceOf, standardError } from "./comparison.ts";
import { normalTwoTails, normalUpperQuantile } from "./normal.ts";

/**
 * For one look at a time that was set beforehand: by the central limit theorem the interval of this many standard errors
 * misses the truth in a share `alpha` of experiments. Whoever looks more often and stops at will errs more often.
 */
export function fixedLookMultiple(alpha: number): number {
  return normalUpperQuantile(alpha / 2);
}

/** Two-sided p-value of no difference, at one look set beforehand. 1 where nothing varies. */
export function fixedLookPValue(comparison: Comparison): number {
  const error = standardError(comparison);
  return error > 0 ? normalTwoTails(differenceOf(comparison) / error) : 1;
}
