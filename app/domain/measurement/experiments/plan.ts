import { capped, spendCap } from "../../statistics/capped-values.ts";
import {
  type BuyerTraffic,
  buyerTraffic,
  daysToDetect,
  detectableDifference,
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
  /** What each buyer of the past spent in the online store, in the smallest unit of the currency, after refunds. */
  readonly spentByBuyer: readonly number[];
  readonly pastDays: number;
  /** Each arm's share of all shoppers, that of the control first. */
  readonly shares: readonly number[];
  /** The difference in revenue per visitor that is to be found, as a share: 0.05 is 5 %. */
  readonly difference: number;
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
      /** Whole weeks until the difference asked for is found; null where it takes more than {@link MOST_WEEKS}. */
      readonly weeks: number | null;
      /** Buyers of all arms together in these weeks; null with them. */
      readonly buyers: number | null;
      readonly buyersPerDay: number;
      /** Up to what amount one buyer's spending would count; null for no cap. */
      readonly capMinor: number | null;
      /** Every week up to {@link MOST_WEEKS}. */
      readonly curve: readonly PlannedWeek[];
    };

/**
 * How long an experiment takes in a shop, from what its own buyers spent. Every variant is compared with the control, and
 * the comparisons share the chance of a false claim. Past spending is expected to go on as it was. Visitors need not be
 * known: see `buyerTraffic`. What visitors spent before would shorten it hardly, and is not counted on.
 */
export function planExperiment({ spentByBuyer, pastDays, shares, difference }: PlanQuestion): ExperimentPlanning {
  const spent = spentByBuyer.filter((minor) => minor > 0);
  const capMinor = spendCap(spent);
  const traffic = buyerTraffic(
    spent.map((minor) => capped(minor, capMinor)),
    pastDays,
  );
  if (traffic === null || spent.length < LEAST_BUYERS) {
    return { kind: "few-buyers", buyers: spent.length, needed: LEAST_BUYERS };
  }
  const question = hardestQuestion(shares);
  const curve = Array.from({ length: MOST_WEEKS }, (_, before) => {
    const weeks = before + 1;
    return { weeks, difference: detectableDifference(traffic, question, weeks * DAYS_PER_WEEK) };
  });
  return {
    kind: "planned",
    ...weeksFor(traffic, question, shares, difference),
    buyersPerDay: traffic.buyersPerDay,
    capMinor,
    curve,
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
