import type { Comparison } from "./comparison.ts";
import { mergedMoments, type Moments } from "./moments.ts";

/**
 * Means of y of two arms, with what x, the same figure before the experiment, explains of y taken out (CUPED; Deng, Xu,
 * Kohavi & Walker, WSDM 2013): y - θ (x - mean of x over both arms), θ = cov(y, x) / var(x) within the arms. Assignment
 * cannot change x, so the difference stays unbiased; its variance falls by the squared correlation of y and x.
 * Units without a past have x = 0. Without any spread in x it is the plain difference.
 *
 * Both adjusted means hold the same mean of x, hence the covariance.
 */
export function meansAdjusted(control: Moments, variant: Moments): Comparison {
  const squaresX = control.squaresX + variant.squaresX;
  const theta = squaresX > 0 ? (control.products + variant.products) / squaresX : 0;
  const all = mergedMoments(control, variant);
  const covariance = theta ** 2 * (all.squaresX / Math.max(1, all.units - 1) / all.units);
  return {
    control: control.meanY - theta * (control.meanX - all.meanX),
    variant: variant.meanY - theta * (variant.meanX - all.meanX),
    controlVariance: residualVariance(control, theta) / control.units + covariance,
    variantVariance: residualVariance(variant, theta) / variant.units + covariance,
    covariance,
  };
}

/** Sample variance of y - θ x. */
function residualVariance({ units, squaresY, squaresX, products }: Moments, theta: number): number {
  return units < 2 ? 0 : Math.max(0, squaresY - 2 * theta * products + theta ** 2 * squaresX) / (units - 1);
}
