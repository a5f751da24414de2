import { chanceOfTogether, type NullModel } from "./null-model.ts";
import { fisherUpperTail } from "../../statistics/significance.ts";

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
  /** Orders together that chance alone would give; see {@link NullModel}. */
  readonly expected: number;
  /** How many times as often as by chance. */
  readonly lift: Estimate;
  /**
   * Probability of at least so many orders together if neither product drew the other; see {@link chanceOfTogether}.
   */
  readonly pValue: number;
  /** Null where it is unknown. */
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

/** What the pairs of one shop are judged by; see `evidenceLimits`. */
export interface EvidenceStandard extends EvidenceLimits {
  /** What chance alone would give in the shop's baskets. */
  readonly chance: Pick<NullModel, "expected">;
}

/** A product in fewer orders is new: its orders cannot say yet what it is bought with. */
export const NEW_PRODUCT_ORDERS = 20;
/** Fewer orders together are never shown to shoppers as bought together. */
export const FEWEST_ORDERS_TOGETHER = 5;
/** Strong evidence needs this many, and a lift that is at least this high at the low end of its interval. */
const STRONG_ORDERS_TOGETHER = 10;
const STRONG_LIFT = 1.5;
/** Expected share of chance findings among all pairs called fair or better, and among those called strong. */
export const FALSE_DISCOVERY_RATE = { fair: 0.05, strong: 0.001 } as const;
/** Standard normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** Works out all figures of one association, its grade by the shop's `standard`, and the reasons in figures. */
export function associate(pair: PairEvidence, standard: EvidenceStandard): Association {
  const { together, ordersA, ordersB, orders } = pair;
  const confidenceAB = wilsonInterval(together, ordersA);
  const expected = standard.chance.expected(ordersA, ordersB);
  const lift = liftInterval(pair, expected);
  const pValue = chanceOfTogether(together, ordersA, ordersB, expected);
  const trend = trendOf(pair);
  const grade = gradeOf(together, lift.low, pValue, standard);
  const doubts = grade === "thin" ? [doubtAbout(together, lift, pValue, standard.fair)] : [];
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
    expected,
    lift,
    pValue,
    trend,
    grade,
    why: [...doubts, ...figures],
  };
}

/** The orders of a pair and their grade, which is found sooner than all figures: most pairs are only sorted by it. */
export class GradedPair {
  readonly pair: PairEvidence;
  readonly grade: EvidenceGrade;
  readonly #standard: EvidenceStandard;

  constructor(pair: PairEvidence, standard: EvidenceStandard) {
    this.pair = pair;
    this.grade = gradeOfPair(pair, standard);
    this.#standard = standard;
  }

  /** Works out all figures. */
  associate(): Association {
    return associate(this.pair, this.#standard);
  }
}

/** The grade that {@link associate} gives. The p-value is what takes longest: few pairs depend on it. */
function gradeOfPair(pair: PairEvidence, standard: EvidenceStandard): EvidenceGrade {
  const { together, ordersA, ordersB } = pair;
  if (together < FEWEST_ORDERS_TOGETHER) return "thin";
  const expected = standard.chance.expected(ordersA, ordersB);
  const { low } = liftInterval(pair, expected);
  return low > 1 ? gradeOf(together, low, chanceOfTogether(together, ordersA, ordersB, expected), standard) : "thin";
}

/**
 * Thin below 5 orders together, where the lift's interval reaches 1, or where the p-value is above the limit; strong from
 * 10 orders with a lift of 1.5 at the low end and the stricter limit.
 */
export function gradeOf(together: number, liftLow: number, pValue: number, limits: EvidenceLimits): EvidenceGrade {
  if (together < FEWEST_ORDERS_TOGETHER || !(liftLow > 1) || !(pValue <= limits.fair)) return "thin";
  const isStrong = together >= STRONG_ORDERS_TOGETHER && liftLow >= STRONG_LIFT && pValue <= limits.strong;
  return isStrong ? "strong" : "fair";
}

function doubtAbout(together: number, lift: Estimate, pValue: number, limit: number): EvidenceReason {
  if (together < FEWEST_ORDERS_TOGETHER) return { code: "too-few-orders", together, needed: FEWEST_ORDERS_TOGETHER };
  if (!(lift.low > 1)) {
    return { code: "no-more-often-than-chance", lift: lift.value, low: lift.low, high: lift.high };
  }
  return { code: "may-be-chance", pValue, limit };
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
 * 95 % interval of the lift: orders together over those `expected` by chance. By the delta method on the logarithm of
 * l = n N / (a b), with the four cells of the table multinomial: Var(ln l) = 1/n - 1/a - 1/b + (2 l - 1) / N; what the
 * sizes of baskets do to the expectation is taken for known. No orders together: from 0 to the lift of three orders,
 * which is what the rule of three allows.
 */
export function liftInterval(
  pair: Pick<PairEvidence, "together" | "ordersA" | "ordersB" | "orders">,
  expected: number,
): Estimate {
  const { together, ordersA, ordersB, orders } = pair;
  if (!(expected > 0)) return { value: 0, low: 0, high: Infinity };
  if (together <= 0) return { value: 0, low: 0, high: 3 / expected };
  const value = together / expected;
  const factor = liftFactor(together, ordersA, ordersB, orders);
  return { value, low: value / factor, high: value * factor };
}

/** How far apart the lift and either end of its interval are, as a ratio. */
export function liftFactor(together: number, ordersA: number, ordersB: number, orders: number): number {
  const ratio = (together * orders) / (ordersA * ordersB);
  const variance = 1 / together - 1 / ordersA - 1 / ordersB + (2 * ratio - 1) / orders;
  return Math.exp(Z * Math.sqrt(Math.max(0, variance)));
}

/** Share of false trends that is accepted where nothing changed. */
const FALSE_TRENDS = 0.05;

/**
 * Whether the share of A's orders that hold B has changed lately: the latest orders against those before, both of them
 * uncertain, by Fisher's exact test, two-sided at 5 %. Null without recent counts, and where so few orders could not
 * show both a rise and a fall, however large. That is no "steady"; and where one of the two alone could be shown, nearly
 * every pair of which anything is said would be said to have changed. Which pairs these are follows from the sums, given
 * which the test holds, so that at most 5 % of the unchanged pairs that have a trend are said to have changed.
 */
export function trendOf({ together, ordersA, recent }: PairEvidence): Trend | null {
  if (recent === undefined || together < FEWEST_ORDERS_TOGETHER) return null;
  if (recent.ordersA <= 0 || recent.ordersA >= ordersA) return null;
  const isSignificant = (chance: number) => 2 * chance <= FALSE_TRENDS;
  const rise = (hits: number) => fisherUpperTail(hits, recent.ordersA, together, ordersA);
  const earlierOrders = ordersA - recent.ordersA;
  const fall = (hits: number) => fisherUpperTail(together - hits, earlierOrders, together, ordersA);
  const [least, most] = [Math.max(0, together - earlierOrders), Math.min(together, recent.ordersA)];
  if (!isSignificant(rise(most)) || !isSignificant(fall(least))) return null;
  if (isSignificant(rise(recent.together))) return "rising";
  return isSignificant(fall(recent.together)) ? "falling" : "steady";
}
