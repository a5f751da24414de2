import { anyLookMultiple, tightestAt } from "../../statistics/any-look.ts";
import { differenceOf, meansCompared } from "../../statistics/comparison.ts";
import { fixedLookMultiple } from "../../statistics/fixed-look.ts";
import { differenceInterval, type Interval } from "../../statistics/interval.ts";
import { momentsOfSums } from "../../statistics/moments.ts";
import { ALPHA, LEAST_BUYERS, LEAST_DAYS } from "../../statistics/planned-looks.ts";
import { isSplitWrong } from "../../statistics/sample-ratio.ts";
import { SLOTS } from "./slot.ts";

/** What one arm of the holdout did in a period. Amounts are in the smallest unit of the currency. */
export interface HoldoutArm {
  /** Visitors who were exposed before the end of the period, since the share that is held out was set. */
  readonly units: number;
  /** Of these, who ordered within the period. */
  readonly buyers: number;
  /** Spent within the period after refunds, by each buyer up to the cap; and the sum of its squares. */
  readonly spent: number;
  readonly spentSquares: number;
}

export interface HoldoutFigures {
  readonly holdoutSlots: number;
  readonly holdout: HoldoutArm;
  readonly shown: HoldoutArm;
  /** Days of the period that are over. */
  readonly days: number;
}

/** Two figures of one kind, one for each arm. */
export interface ByArm {
  readonly holdout: number;
  readonly shown: number;
}

/** What all offers together earned in a period, or why that is not known. */
export type Incremental =
  /** Nobody is held out. */
  | { readonly kind: "off" }
  /** No visitor was counted: the theme's embed is off, or nobody has allowed analytics. */
  | { readonly kind: "no-visitors" }
  | { readonly kind: "wrong-split"; readonly units: ByArm; readonly planned: ByArm }
  /** `daysLeft`: how much longer the period has to be, if buyers come as they did; null where none was held out. */
  | { readonly kind: "not-enough"; readonly units: ByArm; readonly buyers: ByArm; readonly daysLeft: number | null }
  | {
      readonly kind: "estimate";
      readonly units: ByArm;
      readonly buyers: ByArm;
      readonly perVisitor: ByArm;
      /** Difference in revenue per visitor, times the visitors who were shown offers. */
      readonly estimateMinor: number;
      /** Of 100 such intervals of periods that the calendar chose, 95 hold the true figure. */
      readonly interval: Interval;
      /** The same however often and whenever one looks, and whatever made one look: wider. */
      readonly anyLook: Interval;
    };

/** Buyers at which the interval for any look is tightest: set once, for all shops and periods. */
const TIGHTEST_AT_BUYERS = 1_000;

/**
 * The incremental revenue of a period. All visitors count who were exposed before its end, also those who did not come back:
 * they spent nothing, in both arms alike. So a visitor's orders of each month are in the figure of that month.
 */
export function incrementalOf({ holdoutSlots, holdout, shown, days }: HoldoutFigures): Incremental {
  if (holdoutSlots === 0) return { kind: "off" };
  const units = { holdout: holdout.units, shown: shown.units };
  const buyers = { holdout: holdout.buyers, shown: shown.buyers };
  if (units.holdout + units.shown === 0) return { kind: "no-visitors" };
  const weights = [holdoutSlots, SLOTS - holdoutSlots];
  if (isSplitWrong([units.holdout, units.shown], weights)) {
    const all = units.holdout + units.shown;
    const heldOut = Math.round((all * holdoutSlots) / SLOTS);
    return { kind: "wrong-split", units, planned: { holdout: heldOut, shown: all - heldOut } };
  }
  const fewest = Math.min(buyers.holdout, buyers.shown);
  if (fewest < LEAST_BUYERS || days < LEAST_DAYS)
    return { kind: "not-enough", units, buyers, daysLeft: left(fewest, days) };
  const compared = meansCompared(moments(holdout), moments(shown));
  const times = ({ low, high }: Interval): Interval => ({ low: low * shown.units, high: high * shown.units });
  const looks = anyLookMultiple(buyers.holdout + buyers.shown, tightestAt(TIGHTEST_AT_BUYERS, ALPHA), ALPHA);
  return {
    kind: "estimate",
    units,
    buyers,
    perVisitor: { holdout: compared.control, shown: compared.variant },
    estimateMinor: differenceOf(compared) * shown.units,
    interval: times(differenceInterval(compared, fixedLookMultiple(ALPHA))),
    anyLook: times(differenceInterval(compared, looks)),
  };
}

function moments({ units, spent, spentSquares }: HoldoutArm) {
  return momentsOfSums({ units, y: spent, yy: spentSquares, x: 0, xx: 0, yx: 0 });
}

function left(fewestBuyers: number, days: number): number | null {
  if (fewestBuyers === 0) return null;
  const needed = Math.max(LEAST_DAYS, (LEAST_BUYERS * Math.max(days, 1)) / fewestBuyers);
  return Math.max(1, Math.ceil(needed - days));
}
