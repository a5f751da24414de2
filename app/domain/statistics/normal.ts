import { upperGamma } from "./incomplete-gamma.ts";

/** P(Z >= z) of a standard normal distribution, as half the tail of a chi-square of one degree: Q(1/2, z² / 2) / 2. */
export function normalUpperTail(z: number): number {
  const half = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? 1 - half : half;
}

/** P(|Z| >= |z|): the two-sided p-value of a z statistic. */
export function normalTwoTails(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/**
 * The z with P(Z >= z) = tail, for 0 < tail < 1. A rational start (Abramowitz & Stegun 26.2.23, error below 0.00045) and
 * Halley's steps on {@link normalUpperTail}.
 */
export function normalUpperQuantile(tail: number): number {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`No normal quantile of ${tail}`);
  if (tail > 0.5) return -normalUpperQuantile(1 - tail);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = (tail - normalUpperTail(z)) / density(z);
    // f = tail(z) - tail, f' = -density, f'' = z density.
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
