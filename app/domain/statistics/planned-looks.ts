import { type AnyLook, anyLookMultiple, anyLookPValue, tightestAt } from "./any-look.ts";
import { type Comparison, differenceOf } from "./comparison.ts";
import { fixedLookMultiple, fixedLookPValue } from "./fixed-look.ts";
import { holm, holmDivisors } from "./holm.ts";
import { differenceInterval, type Interval, relativeInterval } from "./interval.ts";

/**
 * What an experiment may err in all: the chance of any false claim, in any arm, at any look. A fifth of it is for looks
 * at any time before the planned end, the remainder for the one look at the end, so that by the union bound they err
 * together at most `ALPHA`. Strict early looks cost the last one little (Haybittle 1971; Peto et al. 1976): it needs 7 %
 * more buyers than a test that is looked at once, where looks at any time alone would need nearly twice as many.
 */
export const ALPHA = 0.05;
export const INTERIM_ALPHA = ALPHA / 5;
export const FINAL_ALPHA = ALPHA - INTERIM_ALPHA;

/** A first look needs a whole week, since weekdays differ, and enough buyers in each arm for the limits to hold. */
export const LEAST_DAYS = 7;
export const LEAST_BUYERS = 50;

/** False while an experiment is too young for any claim. */
export function isEnoughToLook(days: number, buyersByArm: readonly number[]): boolean {
  return days >= LEAST_DAYS && buyersByArm.every((buyers) => buyers >= LEAST_BUYERS);
}

/** When a look is taken. Information is counted in buyers of all arms. */
export interface Look {
  /** True for the one look at the planned end. */
  readonly isFinal: boolean;
  readonly buyers: number;
  /** Buyers planned for the last look. */
  readonly plannedBuyers: number;
}

/** What a look says of one arm beside the control. */
export interface ArmResult {
  /** Corrected for several arms and for looking several times: a difference is claimed at `ALPHA` or below. */
  readonly pValue: number;
  /** Variant less control, with its interval at the level at which this arm was tested. */
  readonly difference: number;
  readonly interval: Interval;
  /** The same as a share of the control; null where the control is too uncertain. */
  readonly relative: Interval | null;
}

/** The results of all arms at one look. An interval leaves out zero exactly where a difference is claimed. */
export function resultsAtLook(comparisons: readonly Comparison[], look: Look): ArmResult[] {
  const level = look.isFinal ? FINAL_ALPHA : INTERIM_ALPHA;
  const looks = tightestAt(look.plannedBuyers, INTERIM_ALPHA);
  const single = comparisons.map((compared) => pValueAt(compared, look, looks));
  const divisors = holmDivisors(single, level);
  const corrected = holm(single);
  return comparisons.map((compared, arm) => {
    const alpha = level / divisors[arm]!;
    const multiple = look.isFinal ? fixedLookMultiple(alpha) : anyLookMultiple(look.buyers, looks, alpha);
    return {
      pValue: Math.min(1, (corrected[arm]! * ALPHA) / level),
      difference: differenceOf(compared),
      interval: differenceInterval(compared, multiple),
      relative: relativeInterval(compared, multiple),
    };
  });
}

function pValueAt(comparison: Comparison, { isFinal, buyers }: Look, looks: AnyLook): number {
  return isFinal ? fixedLookPValue(comparison) : anyLookPValue(comparison, buyers, looks);
}
