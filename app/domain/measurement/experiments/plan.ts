import {
  type BuyerTraffic,
  buyerTraffic,
  daysToDetect,
  detectableDifference,
  type PastSpending,
  type Question,
} from "../../statistics/detectable-difference.ts";
import { FINAL_ALPHA, LEAST_BUYERS } from "../../statistics/planned-looks.ts";

/** An experiment is planned in whole weeks, because weekdays differ. */
export const DAYS_PER_WEEK = 7;
/** Half a year: over a longer time the shop changes more than most experiments do. */
export const MOST_WEEKS = 26;
/** The chance to find a difference of the size planned for. */
export const POWER = 0.8;

/** What is to be planned. */
export interface PlanQuestion {
  /** What buyers of the online store spent after refunds; buyers of nothing are not among them. */
  readonly past: PastSpending;
  /** Each arm's share of all shoppers, that of the control first. */
  readonly shares: readonly number[];
  /**
   * The difference in revenue per visitor that is to be found, as a share: 0.05 is 5 %; or one that is chosen by what is
   * found `after` so many weeks.
   */
  readonly difference: number | ((after: (weeks: number) => number) => number);
}

/** What can be found after so many weeks. */
export interface PlannedWeek {
  readonly weeks: number;
  /** The smallest difference in revenue per visitor that is found with the chance {@link POWER}, as a share. */
  readonly difference: number;
}

export type ExperimentPlanning =
  /** Fewer past buyers than determine how much they differ. */
  | { readonly kind: "few-buyers"; readonly buyers: number; readonly needed: number }
  | {
      readonly kind: "planned";
      readonly difference: number;
      /** Whole weeks until the difference asked for is found; null where it takes more than {@link MOST_WEEKS}. */
      readonly weeks: number | null;
      /** Buyers of all arms together in these weeks; null with them. */
      readonly buyers: number | null;
      readonly buyersPerDay: number;
      /** Every week up to {@link MOST_WEEKS}. */
      readonly curve: readonly PlannedWeek[];
    };

/**
 * How long an experiment takes in a shop, from what its own buyers spent. Every variant is compared with the control, and
 * the comparisons share the chance of a false claim. Past spending is expected to go on as it was. Visitors need not be
 * known: see `buyerTraffic`. What visitors spent before would hardly shorten it, and is not counted on.
 */
export function planExperiment({ past, shares, difference }: PlanQuestion): ExperimentPlanning {
  const traffic = buyerTraffic(past);
  if (traffic === null || past.buyers < LEAST_BUYERS) {
    return { kind: "few-buyers", buyers: past.buyers, needed: LEAST_BUYERS };
  }
  const question = hardestQuestion(shares);
  const after = (weeks: number) => detectableDifference(traffic, question, weeks * DAYS_PER_WEEK);
  const wanted = typeof difference === "number" ? difference : difference(after);
  return {
    kind: "planned",
    difference: wanted,
    ...weeksFor(traffic, question, shares, wanted),
    buyersPerDay: traffic.buyersPerDay,
    curve: Array.from({ length: MOST_WEEKS }, (_, before) => ({ weeks: before + 1, difference: after(before + 1) })),
  };
}

/** The comparison of the control with the smallest variant, at the level that it is held to in the worst case. */
function hardestQuestion([controlShare = 0, ...variants]: readonly number[]): Question {
  return { controlShare, variantShare: Math.min(...variants), alpha: FINAL_ALPHA / variants.length, power: POWER };
}

/** Also long enough for each arm to have the buyers that any claim needs. */
function weeksFor(traffic: BuyerTraffic, question: Question, shares: readonly number[], difference: number) {
  const forLeast = LEAST_BUYERS / (traffic.buyersPerDay * Math.min(...shares));
  const days = Math.max(daysToDetect(traffic, question, difference), forLeast);
  const weeks = Math.max(1, Math.ceil(days / DAYS_PER_WEEK - 1e-9));
  if (weeks > MOST_WEEKS) return { weeks: null, buyers: null };
  return { weeks, buyers: Math.round(weeks * DAYS_PER_WEEK * traffic.buyersPerDay) };
}
