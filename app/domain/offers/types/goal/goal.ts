import { type Money, money } from "../../../money/money.ts";
import type { GoalBasis } from "../../../pricing/goal-basis.ts";

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
