import { logFactorial } from "./significance.ts";

/** What the orders say about two products, A (the one looked at) and B (its companion). All are counts of orders. */
export interface PairEvidence {
  readonly together: number;
  readonly ordersA: number;
  readonly ordersB: number;
  /** All orders of the shop that the counts are from. */
  readonly orders: number;
  /** Milliseconds since 1970 UTC; null where the orders have no times. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** The same counts over the latest stretch of time alone, where they are known; for the trend. */
  readonly recent?: { readonly together: number; readonly ordersA: number };
}

/** A figure and the interval that holds its true value in 95 of 100 shops like this one. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type EvidenceGrade = "strong" | "fair" | "thin";
export type Trend = "rising" | "steady" | "falling";

/** An association with its evidence: what staff see, and what decides whether shoppers see anything. */
export interface Association extends PairEvidence {
  /** Share of all orders that hold both. */
  readonly support: number;
  /** Share of A's orders that hold B, and the other way round. */
  readonly confidenceAB: Estimate;
  readonly confidenceBA: Estimate;
  /** How many times as often as by chance. */
  readonly lift: Estimate;
  /** Probability of at least so many orders together if neither product drew the other. */
  readonly pValue: number;
  /** Null where it cannot be told. */
  readonly trend: Trend | null;
  readonly grade: EvidenceGrade;
  readonly why: readonly EvidenceReason[];
}

/** Why an association has its grade, as codes and figures, so that every language can say it in its own words. */
export type EvidenceReason =
  | { readonly code: "orders-together"; readonly together: number; readonly ordersA: number }
  | { readonly code: "share-of-orders"; readonly confidence: number; readonly low: number; readonly high: number }
  | { readonly code: "more-often-than-chance"; readonly lift: number; readonly low: number; readonly high: number }
  | { readonly code: "last-seen"; readonly at: number }
  | { readonly code: "trend"; readonly trend: Trend }
  | { readonly code: "too-few-orders"; readonly together: number; readonly needed: number }
  | { readonly code: "no-more-often-than-chance"; readonly lift: number; readonly low: number; readonly high: number }
  | { readonly code: "may-be-chance"; readonly pValue: number; readonly limit: number };

/** p-values up to which a pair is called a finding, given how many pairs were looked at. */
export interface EvidenceLimits {
  readonly strong: number;
  readonly fair: number;
}

/** Fewer orders together are never shown to shoppers. */
export const FEWEST_ORDERS_TOGETHER = 5;
/** Strong evidence needs this many, and a lift that is at least this high at the low end of its interval. */
const STRONG_ORDERS_TOGETHER = 10;
const STRONG_LIFT = 1.5;
/** Expected share of chance findings among all pairs called fair or better, and among those called strong. */
export const FALSE_DISCOVERY_RATE = { fair: 0.05, strong: 0.001 } as const;
/** Standard normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Works out all figures of one association, its grade against `limits`, and the reasons in figures. */
export function associate(pair: PairEvidence, limits: EvidenceLimits): Association {
  const { together, ordersA, ordersB, orders } = pair;
  const confidenceAB = wilsonInterval(together, ordersA);
  const lift = liftInterval(pair);
  const pValue = pairPValue(pair);
  const trend = trendOf(pair);
  const doubts = doubtsAbout(pair, lift, pValue, limits.fair);
  const convincing = together >= STRONG_ORDERS_TOGETHER && lift.low >= STRONG_LIFT && pValue <= limits.strong;
  const grade = doubts.length > 0 ? "thin" : convincing ? "strong" : "fair";
  const figures: EvidenceReason[] = [
    { code: "orders-together", together, ordersA },
    { code: "share-of-orders", confidence: confidenceAB.value, low: confidenceAB.low, high: confidenceAB.high },
  ];
  if (lift.low > 1) figures.push({ code: "more-often-than-chance", lift: lift.value, low: lift.low, high: lift.high });
  if (pair.lastAt !== null) figures.push({ code: "last-seen", at: pair.lastAt });
  if (trend !== null && trend !== "steady") figures.push({ code: "trend", trend });
  return {
    ...pair,
    support: orders === 0 ? 0 : together / orders,
    confidenceAB,
    confidenceBA: wilsonInterval(together, ordersB),
    lift,
    pValue,
    trend,
    grade,
    why: [...doubts, ...figures],
  };
}

function doubtsAbout(pair: PairEvidence, lift: Estimate, pValue: number, limit: number): EvidenceReason[] {
  const { together } = pair;
  if (together < FEWEST_ORDERS_TOGETHER) return [{ code: "too-few-orders", together, needed: FEWEST_ORDERS_TOGETHER }];
  if (!(lift.low > 1)) {
    return [{ code: "no-more-often-than-chance", lift: lift.value, low: lift.low, high: lift.high }];
  }
  return pValue <= limit ? [] : [{ code: "may-be-chance", pValue, limit }];
}

/**
 * 95 % interval of a share by Wilson's score: centre (p + z^2/2n) / (1 + z^2/n), half-width
 * z sqrt(p (1-p)/n + z^2/4n^2) / (1 + z^2/n) (Wilson, JASA 1927). [0, 1] for no trials.
 */
export function wilsonInterval(hits: number, trials: number): Estimate {
  if (trials <= 0) return { value: 0, low: 0, high: 1 };
  const share = hits / trials;
  const z2 = (Z * Z) / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials))) / (1 + z2);
  return {
    value: share,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * 95 % interval of the lift L = n N / (a b), by the delta method on its logarithm: with the four cells of the table
 * multinomial, Var(ln L) = 1/n - 1/a - 1/b + (2 L - 1) / N. No orders together: from 0 to the lift of three orders,
 * which is what the rule of three allows.
 */
export function liftInterval(pair: Pick<PairEvidence, "together" | "ordersA" | "ordersB" | "orders">): Estimate {
  const { together, ordersA, ordersB, orders } = pair;
  if (ordersA <= 0 || ordersB <= 0) return { value: 0, low: 0, high: Infinity };
  const perOrder = orders / (ordersA * ordersB);
  if (together <= 0) return { value: 0, low: 0, high: 3 * perOrder };
  const value = together * perOrder;
  const variance = 1 / together - 1 / ordersA - 1 / ordersB + (2 * value - 1) / orders;
  const factor = Math.exp(Z * Math.sqrt(Math.max(0, variance)));
  return { value, low: value / factor, high: value * factor };
}

/**
 * Probability of at least `together` common orders if B's orders fell among all orders at random: the upper tail of
 * the hypergeometric distribution, Fisher's exact test (Fisher, 1935). Summed upwards from its first term.
 */
export function pairPValue(pair: Pick<PairEvidence, "together" | "ordersA" | "ordersB" | "orders">): number {
  const { together, ordersA, ordersB, orders } = pair;
  const most = Math.min(ordersA, ordersB);
  const least = Math.max(0, ordersA + ordersB - orders);
  if (together <= least) return 1;
  if (together > most) return 0;
  // Below the mean the terms still rise, and most of the mass lies above: one minus the other tail is exact enough.
  const below = together * orders < ordersA * ordersB;
  let at = below ? together - 1 : together;
  let term = Math.exp(logChoose(ordersA, at) + logChoose(orders - ordersA, ordersB - at) - logChoose(orders, ordersB));
  let sum = 0;
  while (term > sum * 1e-16) {
    sum += term;
    if (below) {
      term *= (at * (orders - ordersA - ordersB + at)) / ((ordersA - at + 1) * (ordersB - at + 1));
      if (--at < least) break;
    } else {
      term *= ((ordersA - at) * (ordersB - at)) / ((at + 1) * (orders - ordersA - ordersB + at + 1));
      if (++at > most) break;
    }
  }
  return Math.min(1, Math.max(0, below ? 1 - sum : sum));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/**
 * Whether the share of A's orders that hold B has changed lately: the recent share's interval lies wholly above or
 * below the share before. Null without recent counts, or with too few orders to tell.
 */
export function trendOf({ together, ordersA, recent }: PairEvidence): Trend | null {
  if (recent === undefined || together < FEWEST_ORDERS_TOGETHER || recent.ordersA === 0) return null;
  if (recent.ordersA >= ordersA) return null;
  const earlier = (together - recent.together) / (ordersA - recent.ordersA);
  const { low, high } = wilsonInterval(recent.together, recent.ordersA);
  return low > earlier ? "rising" : high < earlier ? "falling" : "steady";
}
