import { type Comparison, differenceOf, standardError } from "./comparison.ts";

/** Bounds between which the true value is supposed to lie. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The difference, give or take `multiple` standard errors. */
export function differenceInterval(comparison: Comparison, multiple: number): Interval {
  const radius = multiple * standardError(comparison);
  return { low: differenceOf(comparison) - radius, high: differenceOf(comparison) + radius };
}

/**
 * By which share the variant's figure is above the control's (0.03 is 3 % more): all r for which variant - (1 + r)
 * control lies within `multiple` of its standard errors of zero (Fieller, JRSS B 1954). It holds 0 exactly where
 * {@link differenceInterval} does. Null where the control's own figure is too uncertain for a share of it.
 */
export function relativeInterval(comparison: Comparison, multiple: number): Interval | null {
  const { control, variant, controlVariance, variantVariance, covariance } = comparison;
  const zz = multiple ** 2;
  // a q² - 2 b q + c <= 0 for the quotient q = 1 + r.
  const a = control ** 2 - zz * controlVariance;
  const b = control * variant - zz * covariance;
  const c = variant ** 2 - zz * variantVariance;
  if (a <= 0 || control <= 0) return null;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { low: (b - root) / a - 1, high: (b + root) / a - 1 };
}
