import { binomialUpperTail } from "./significance.ts";

/** How often something happened, and how often it could have. */
export interface Rate {
  readonly events: number;
  readonly opportunities: number;
}

/** A rate as it was, and how much more it varies from day to day than chance does. */
export interface EarlierRate extends Rate {
  /** At least 1. */
  readonly dispersion: number;
}

/**
 * Sums days up. Their dispersion is Pearson's statistic by its degrees of freedom (Wedderburn, Biometrika 1974): shoppers
 * see several pages, so events come in groups, and a day's count varies more than a Poisson count does.
 */
export function earlierRate(days: readonly Rate[]): EarlierRate {
  const events = sum(days.map((day) => day.events));
  const opportunities = sum(days.map((day) => day.opportunities));
  const rate = opportunities === 0 ? 0 : events / opportunities;
  const counted = days.filter((day) => day.opportunities > 0);
  const deviations = counted.map((day) => (day.events - rate * day.opportunities) ** 2 / (rate * day.opportunities));
  const dispersion = rate === 0 || counted.length < 2 ? 1 : sum(deviations) / (counted.length - 1);
  return { events, opportunities, dispersion: Math.max(1, dispersion) };
}

/**
 * The p-value of "the rate is still at least `ratio` times what it was": how likely so few events would be then. Given the
 * events of both periods together, the later ones are binomial (Przyborowski & Wilenski, Biometrika 1940), which takes in
 * that the earlier rate is itself an estimate. Counts are divided by the dispersion, and rounded so that the p-value can
 * only be too large. 1 where there was no opportunity in either period.
 */
export function rateFallPValue(now: Rate, earlier: EarlierRate, ratio: number): number {
  const { dispersion } = earlier;
  const expected = ratio * now.opportunities;
  if (!(expected > 0 && earlier.opportunities > 0)) return 1;
  const later = Math.ceil(now.events / dispersion);
  const before = Math.floor(earlier.events / dispersion);
  // At most so many later ones, which is at least so many earlier ones.
  return binomialUpperTail(before, later + before, earlier.opportunities / (expected + earlier.opportunities));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
