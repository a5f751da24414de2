/**
 * Exact tail probabilities of the binomial and Poisson distributions, and the correction for many tests. Tails are
 * summed from their largest term outwards, so that they keep their relative precision down to 1e-300.
 */

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Natural logarithm of the gamma function, for x > 0: Stirling's series after shifting x to at least 10. */
export function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 10) shift += Math.log(y++);
  const r = 1 / (y * y);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series - shift;
}

let logFactorials = new Float64Array(0);

/**
 * ln n! of a whole number from 0, as {@link logGamma} gives it. Each is worked out once: millions of pairs of a shop
 * ask for those of the same few counts of orders.
 */
export function logFactorial(n: number): number {
  if (n >= MOST_KEPT) return logGamma(n + 1);
  if (n >= logFactorials.length) {
    const known = logFactorials.length;
    const more = new Float64Array(Math.min(MOST_KEPT, Math.max(1024, 2 * known, n + 1)));
    more.set(logFactorials);
    for (let next = known; next < more.length; next++) more[next] = logGamma(next + 1);
    logFactorials = more;
  }
  return logFactorials[n]!;
}
/** 8 MB. */
const MOST_KEPT = 1_000_000;

/** P(X >= k) of X binomial over n trials of probability p. 1 for k <= 0, 0 for k > n. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const odds = p / (1 - p);
  const term = (i: number) =>
    Math.exp(logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) + i * Math.log(p) + (n - i) * Math.log1p(-p));
  if (k > n * p) return outwards(term(k), k, (i) => ((n - i) / (i + 1)) * odds, 1, n);
  return 1 - outwards(term(k - 1), k - 1, (i) => i / (n - i + 1) / odds, -1, 0);
}

/** P(X >= k) of X Poisson with this mean. 1 for k <= 0; 0 for a mean of 0. */
export function poissonUpperTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  if (k > mean) return outwards(poissonTerm(k, mean), k, (i) => mean / (i + 1), 1, Infinity);
  return 1 - poissonLowerTail(k - 1, mean);
}

/** P(X <= k) of X Poisson with this mean. 0 for k < 0; 1 for a mean of 0. */
export function poissonLowerTail(k: number, mean: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  if (k <= mean) return outwards(poissonTerm(k, mean), k, (i) => i / mean, -1, 0);
  return 1 - poissonUpperTail(k + 1, mean);
}

function poissonTerm(k: number, mean: number): number {
  return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

/** Sums terms from `from` in steps of `step` to `last`; `ratio(i)` leads from term i to the next one. */
function outwards(first: number, from: number, ratio: (i: number) => number, step: 1 | -1, last: number): number {
  let total = 0;
  let term = first;
  for (let i = from; term > total * 1e-17 && term > 0; i += step) {
    total += term;
    if (i === last) break;
    term *= ratio(i);
  }
  return Math.min(1, total);
}

/**
 * q-values of p-values: the smallest false-discovery rate at which each test would be called a finding.
 * q of the test of rank r = min over ranks s >= r of p(s) m / s, at most 1 (Benjamini & Hochberg, 1995).
 * In the order given.
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const tests = pValues.length;
  const byP = Uint32Array.from({ length: tests }, (_, index) => index);
  byP.sort((a, b) => pValues[b]! - pValues[a]! || b - a);
  const q = new Float64Array(tests);
  let least = 1;
  byP.forEach((test, fromLargest) => {
    least = Math.min(least, pValues[test]! * (tests / (tests - fromLargest)));
    q[test] = least;
  });
  return q;
}
