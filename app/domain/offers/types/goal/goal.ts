import type { GoalLine } from "../../../pricing/goal-basis.ts";

/** Where a cart stands; `not-eligible` where no reward means anything to it. */
export type GoalCode = "empty" | "progress" | "reached" | "not-eligible";

/** A reward on a bar: from which amount on, in minor units, and whether it is free shipping. */
export interface GoalStep {
  readonly fromMinor: number;
  readonly ships: boolean;
}

/** A line of a cart. A gift is a product that a goal gives free, whether or not it is free now. */
export interface StepLine extends GoalLine {
  readonly giftCard: boolean;
}

/** A cart against all rewards of a bar. */
export interface StepsProgress {
  readonly code: GoalCode;
  /** Of each reward: null where it means nothing to the cart. */
  readonly reached: readonly (boolean | null)[];
  /** Place of the first that is not reached; -1 for none. */
  readonly next: number;
  readonly remainingMinor: number;
  /** How full the bar is, of which each reward has an equal part: whole percents, rounded down. */
  readonly percent: number;
}

/**
 * Where a cart stands against rewards, the lowest amount first. Towards free shipping counts what ships, towards the others
 * everything but gift cards; gifts never count.
 */
export function goalSteps(lines: readonly StepLine[], steps: readonly GoalStep[]): StepsProgress {
  let [open, before, next, remainingMinor, percent] = [0, 0, -1, 0, 100];
  const reached = steps.map(({ fromMinor, ships }, place) => {
    const counted = lines.filter((line) => !line.gift && (ships ? line.requiresShipping : !line.giftCard));
    if (ships && lines.length > 0 && counted.length === 0) return null;
    const left = counted.reduce((rest, { totalMinor }) => rest - totalMinor, fromMinor);
    if (left > 0 && next < 0) {
      const span = fromMinor - before || 1;
      next = place;
      remainingMinor = left;
      percent = open * 100 + Math.max(0, Math.floor(((span - left) * 100) / span));
    }
    before = fromMinor;
    open += 1;
    return left <= 0;
  });
  const code = open === 0 ? "not-eligible" : next < 0 ? "reached" : lines.length > 0 ? "progress" : "empty";
  return { code, reached, next, remainingMinor, percent: next < 0 ? percent : Math.floor(percent / open) };
}
