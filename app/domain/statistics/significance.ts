/**
 * Exact tail probabilities of the binomial, hypergeometric and Poisson distributions, and the correction for many tests. Tails are
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

/** P(X >= k) of X binomial over n trials of probability p; k and n are whole. 1 for k <= 0, 0 for k > n. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const odds = p / (1 - p);
  const isUpper = k > n * p;
  let at = isUpper ? k : k - 1;
  const ways = logFactorial(n) - logFactorial(at) - logFactorial(n - at);
  let term = Math.exp(ways + at * Math.log(p) + (n - at) * Math.log1p(-p));
  let sum = 0;
  // Millions of pairs are tested: the terms are summed here, without a call for each of them.
  while (term > sum * 1e-13 && term > 0) {
    sum += term;
    if (isUpper) term *= ((n - at) / (at + 1)) * odds;
    else term *= at / (n - at + 1) / odds;
    at += isUpper ? 1 : -1;
  }
  return Math.max(0, Math.min(1, isUpper ? sum : 1 - sum));
}

/**
 * Fisher's exact test (Fisher, 1935): the probability of at least `hits` marked ones among `drawn` out of `all`, of which
 * `marked` are marked: the upper tail of the hypergeometric distribution, summed from its first term outwards.
 */
export function fisherUpperTail(hits: number, drawn: number, marked: number, all: number): number {
  const most = Math.min(drawn, marked);
  const least = Math.max(0, drawn + marked - all);
  if (hits <= least) return 1;
  if (hits > most) return 0;
  // Below the mean the terms still rise, and most of the mass lies above: one minus the other tail is exact enough.
  const below = hits * all < drawn * marked;
  let at = below ? hits - 1 : hits;
  let term = Math.exp(logChoose(drawn, at) + logChoose(all - drawn, marked - at) - logChoose(all, marked));
  let sum = 0;
  while (term > sum * 1e-16) {
    sum += term;
    if (below) {
      term *= (at * (all - drawn - marked + at)) / ((drawn - at + 1) * (marked - at + 1));
      if (--at < least) break;
    } else {
      term *= ((drawn - at) * (marked - at)) / ((at + 1) * (all - drawn - marked + at + 1));
      if (++at > most) break;
    }
  }
  return Math.min(1, Math.max(0, below ? 1 - sum : sum));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
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
