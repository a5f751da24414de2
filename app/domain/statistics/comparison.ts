import { type Moments, varianceY } from "./moments.ts";

/**
 * A figure of one arm beside that of the control, with the variances of both as estimates (not of the units), and their
 * covariance. The difference has variance `controlVariance + variantVariance - 2 covariance`.
 */
export interface Comparison {
  readonly control: number;
  readonly variant: number;
  readonly controlVariance: number;
  readonly variantVariance: number;
  readonly covariance: number;
}

/** Means of y of two arms, whose units are independent: the variance of each mean is s² / n (Welch, 1938). */
export function meansCompared(control: Moments, variant: Moments): Comparison {
  return {
    control: control.meanY,
    variant: variant.meanY,
    controlVariance: varianceY(control) / control.units,
    variantVariance: varianceY(variant) / variant.units,
    covariance: 0,
  };
}

/** Variant less control. */
export function differenceOf({ control, variant }: Comparison): number {
  return variant - control;
}

/** Standard error of {@link differenceOf}. */
export function standardError({ controlVariance, variantVariance, covariance }: Comparison): number {
  return Math.sqrt(Math.max(0, controlVariance + variantVariance - 2 * covariance));
}
