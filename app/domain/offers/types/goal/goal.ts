import { type Money, money } from "../../../money/money.ts";
import type { GoalBasis, GoalLine } from "../../../pricing/goal-basis.ts";

/**
 * Where a cart stands against a free-shipping goal. What counts is what ships, after discounts on the lines and
 * before discounts on the whole order: gift cards and what is never sent are left out by the caller.
 */
export type GoalState =
  | { readonly code: "empty"; readonly goal: Money; readonly remaining: Money }
  | { readonly code: "progress"; readonly goal: Money; readonly remaining: Money; readonly basisPoints: number }
  | { readonly code: "reached"; readonly goal: Money }
  /** Nothing in the cart ships, so the goal means nothing to it. */
  | { readonly code: "not-eligible"; readonly goal: Money };

/** A cart against its goal in minor units of one currency. */
export interface GoalProgress {
  readonly code: GoalState["code"];
  /** 0 once the goal is reached, and where it means nothing. */
  readonly remainingMinor: number;
  /** Rounded down, so that progress never shows as complete before it is. */
  readonly basisPoints: number;
}

/** Where what counts of a cart stands against a goal above 0. */
export function goalProgress({ countedMinor, lines, countedLines }: GoalBasis, goalMinor: number): GoalProgress {
  if (lines === 0) return { code: "empty", remainingMinor: goalMinor, basisPoints: 0 };
  if (countedLines === 0) return { code: "not-eligible", remainingMinor: 0, basisPoints: 0 };
  if (countedMinor >= goalMinor) return { code: "reached", remainingMinor: 0, basisPoints: 10_000 };
  const basisPoints = Math.floor((countedMinor / goalMinor) * 10_000);
  return { code: "progress", remainingMinor: goalMinor - countedMinor, basisPoints };
}

/** The state of a cart against a positive goal in the cart's currency: a goal is never converted. */
export function goalState(basis: GoalBasis, goal: Money): GoalState {
  if (goal.amountMinor <= 0) throw new Error(`Not a goal: ${goal.amountMinor} ${goal.currency}`);
  const { code, remainingMinor, basisPoints } = goalProgress(basis, goal.amountMinor);
  if (code === "reached" || code === "not-eligible") return { code, goal };
  const remaining = money(remainingMinor, goal.currency);
  return code === "empty" ? { code, goal, remaining } : { code, goal, remaining, basisPoints };
}

/** A reward on the bar of a theme: from which amount on, in minor units, and whether it is free shipping. */
export interface GoalStep {
  readonly fromMinor: number;
  readonly ships: boolean;
}

/** A line of a theme's cart. A gift is a product that a goal gives free, whether or not it is free now. */
export interface StepLine extends GoalLine {
  readonly giftCard: boolean;
}

/** A cart against all rewards of a bar. */
export interface StepsProgress {
  readonly code: GoalState["code"];
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
