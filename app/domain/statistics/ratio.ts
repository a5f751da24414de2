import type { Comparison } from "./comparison.ts";
import type { Moments } from "./moments.ts";

export interface Ratio {
  readonly ratio: number;
  readonly variance: number;
}

/**
 * Sum of y over sum of x where units, not orders, were assigned: order value is revenue / orders of a visitor, refund
 * rate is refunded / revenue. By the delta method (Deng, Knoblich & Lu, KDD 2018):
 *
 *   variance = (var(y) - 2 R cov(y, x) + R² var(x)) / (n mean(x)²),  R = mean(y) / mean(x)
 *
 * Null where x sums to nothing.
 */
export function ratioOf({ units, meanY, meanX, squaresY, squaresX, products }: Moments): Ratio | null {
  if (units < 2 || meanX === 0) return null;
  const ratio = meanY / meanX;
  const squares = Math.max(0, squaresY - 2 * ratio * products + ratio ** 2 * squaresX);
  return { ratio, variance: squares / (units - 1) / (units * meanX ** 2) };
}

/** The ratios of two arms side by side; null where one has none. */
export function ratiosCompared(control: Moments, variant: Moments): Comparison | null {
  const ofControl = ratioOf(control);
  const ofVariant = ratioOf(variant);
  if (ofControl === null || ofVariant === null) return null;
  return {
    control: ofControl.ratio,
    variant: ofVariant.ratio,
    controlVariance: ofControl.variance,
    variantVariance: ofVariant.variance,
    covariance: 0,
  };
}
