/** How often something happened in two groups that are alike but for what is tested: of one product, say. */
export interface Stratum {
  readonly hits: number;
  readonly trials: number;
  readonly otherHits: number;
  readonly otherTrials: number;
}

/** Above this every hit that can be in the first group is. */
const LARGEST_TILT = 60;
const BISECTIONS = 60;

/**
 * A bound from above for the p-value of "in each stratum the odds of a hit are at most `ratio` times those of the other
 * group". `ratio` is at least 1. Strata in which only one group was tried say nothing and are left out.
 *
 * Given how many hits a stratum has in all, those of the first group follow Fisher's noncentral hypergeometric
 * distribution. It is a sum of independent trials whose mean is at most m p, with p = ratio n / (ratio n + n'), so that
 * E e^(tX) is at most (1 - p + p e^t)^m (Hoeffding 1963). The bound is Chernoff's, over all strata together:
 *
 *   P(X >= x) <= min over t >= 0 of e^(-tx) product of (1 - p + p e^t)^m
 */
export function shareExcessPValue(strata: readonly Stratum[], ratio: number): number {
  const both = strata.filter(({ trials, otherTrials }) => trials > 0 && otherTrials > 0);
  const hits = both.reduce((sum, one) => sum + one.hits, 0);
  const parts = both.map(({ hits: own, trials, otherHits, otherTrials }) => ({
    all: own + otherHits,
    share: (ratio * trials) / (ratio * trials + otherTrials),
  }));
  const expected = parts.reduce((sum, { all, share }) => sum + all * share, 0);
  if (hits <= expected) return 1;
  // The exponent is convex: its least value is where its slope is 0, or as far out as one looks.
  const slope = (tilt: number) =>
    parts.reduce((sum, { all, share }) => sum + (all * share) / (share + (1 - share) * Math.exp(-tilt)), -hits);
  let [low, high] = [0, LARGEST_TILT];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const exponent = parts.reduce((sum, { all, share }) => sum + all * Math.log1p(share * Math.expm1(low)), -low * hits);
  return Math.min(1, Math.exp(exponent));
}
