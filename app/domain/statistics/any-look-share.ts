import type { Interval } from "./interval.ts";
import { binomialUpperTail, logFactorial } from "./significance.ts";

/**
 * How strongly `hits` of `trials` speak against "the true share is at most `share`": an e-value, whose expectation is at
 * most 1 while that holds. It is the likelihood under a share that is uniform between `share` and 1, by the likelihood
 * under `share`:
 *
 *   e = ∫ p^k (1-p)^(n-k) dp / ((1-s) s^k (1-s)^(n-k)), p from s to 1
 *     = B(k+1, n-k+1) P(Bin(n+1, s) <= k) / ((1-s) s^k (1-s)^(n-k))
 *
 * One may look after each trial: the chance that it ever reaches 1/α is at most α (Ville 1939; Robbins, Annals of
 * Mathematical Statistics 1970; Howard, Ramdas, McAuliffe & Sekhon, Annals of Statistics 2021). `share` is above 0 and
 * below 1.
 */
export function shareEvidence(hits: number, trials: number, share: number): number {
  const misses = trials - hits;
  const logBeta = logFactorial(hits) + logFactorial(misses) - logFactorial(trials + 1);
  // P(Bin(n+1, s) <= k), as the other tail of the misses: it keeps its precision where it is small.
  const below = binomialUpperTail(misses + 1, trials + 1, 1 - share);
  return (Math.exp(logBeta - hits * Math.log(share) - misses * Math.log1p(-share)) * below) / (1 - share);
}

/** The true share is below this with probability at most `alpha`, over all looks together. */
export function shareAtLeast(hits: number, trials: number, alpha: number): number {
  if (hits === 0) return 0;
  let [low, high] = [0, hits / trials];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (shareEvidence(hits, trials, middle) >= 1 / alpha) low = middle;
    else high = middle;
  }
  return low;
}
const BISECTIONS = 40;

/** Bounds that the true share is outside of with probability at most `alpha`, over all looks together. */
export function shareInterval(hits: number, trials: number, alpha: number): Interval {
  return {
    low: shareAtLeast(hits, trials, alpha / 2),
    high: 1 - shareAtLeast(trials - hits, trials, alpha / 2),
  };
}
