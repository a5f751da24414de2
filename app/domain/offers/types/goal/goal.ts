import { compare, type Money, subtract, zero } from "../../../money/money.ts";

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

export interface GoalCart {
  /** Sum of the lines that count. Same currency as the goal. */
  readonly counted: Money;
  /** How many lines are in the cart, and how many of them count. */
  readonly lines: number;
  readonly countedLines: number;
}

/**
 * The state of a cart against a positive goal. `basisPoints` is rounded down, so that progress never shows as
 * complete before it is. Throws for two currencies: a goal is never converted.
 */
export function goalState(cart: GoalCart, goal: Money): GoalState {
  if (compare(goal, zero(goal.currency)) <= 0) throw new Error(`Not a goal: ${goal.amountMinor} ${goal.currency}`);
  if (cart.lines === 0) return { code: "empty", goal, remaining: goal };
  if (cart.countedLines === 0) return { code: "not-eligible", goal };
  if (compare(cart.counted, goal) >= 0) return { code: "reached", goal };
  const basisPoints = Math.floor((cart.counted.amountMinor / goal.amountMinor) * 10_000);
  return { code: "progress", goal, remaining: subtract(goal, cart.counted), basisPoints };
}
