import { normalUpperQuantile } from "./normal.ts";

/** What a shop's own buyers spend, as far as it decides how uncertain revenue per visitor is. */
export interface BuyerTraffic {
  /** Buyers a day, over all arms together. */
  readonly buyersPerDay: number;
  /** Mean of the squares of what a buyer spent over the square of the mean: 1 + (standard deviation / mean)². */
  readonly spread: number;
}

/** How a comparison of two arms is to be decided. */
export interface Question {
  /** Share of all buyers in the control, and in the variant. */
  readonly controlShare: number;
  readonly variantShare: number;
  /** Chance of claiming a difference where there is none, on both sides together. */
  readonly alpha: number;
  /** Chance of claiming a difference of the size planned for. */
  readonly power: number;
}

/** What buyers spent over some days, each counted once, with what counts of it (see `capped`). */
export interface PastSpending {
  readonly buyers: number;
  readonly days: number;
  readonly mean: number;
  /** Mean of the squares. */
  readonly meanSquare: number;
}

/**
 * {@link BuyerTraffic} of the past. Visitors need not be known: with buyers in a share p of visitors, the relative
 * variance of revenue per visitor is (spread - p) / buyers, and leaving p out plans for slightly too long. Null without
 * buyers.
 */
export function buyerTraffic({ buyers, days, mean, meanSquare }: PastSpending): BuyerTraffic | null {
  if (!(buyers > 0 && days > 0 && mean > 0)) return null;
  return { buyersPerDay: buyers / days, spread: meanSquare / mean ** 2 };
}

/**
 * The smallest difference in revenue per visitor, as a share of the control's, that is claimed with the chance `power`
 * after so many days. It is the d of
 *
 *   d² = (z(α/2) + z(power))² spread (1 / buyers of the control + (1 + d) / buyers expected in the variant without it)
 *
 * the usual formula for two means (Cohen, Statistical Power Analysis, 1988, chapter 2) for a variant in which more
 * visitors buy, where the variance grows with the mean.
 */
export function detectableDifference(traffic: BuyerTraffic, question: Question, days: number): number {
  const { ofControl, ofVariant } = squares(traffic, question);
  const half = ofVariant / days / 2;
  return half + Math.sqrt(half ** 2 + (ofControl + ofVariant) / days);
}

/** Days after which {@link detectableDifference} is as small as `difference`; not rounded. */
export function daysToDetect(traffic: BuyerTraffic, question: Question, difference: number): number {
  const { ofControl, ofVariant } = squares(traffic, question);
  return (ofControl + (1 + difference) * ofVariant) / difference ** 2;
}

/** What each arm adds to d² after one day. */
function squares({ buyersPerDay, spread }: BuyerTraffic, { controlShare, variantShare, alpha, power }: Question) {
  const z = normalUpperQuantile(alpha / 2) + normalUpperQuantile(1 - power);
  const perBuyer = (z ** 2 * spread) / buyersPerDay;
  return { ofControl: perBuyer / controlShare, ofVariant: perBuyer / variantShare };
}
