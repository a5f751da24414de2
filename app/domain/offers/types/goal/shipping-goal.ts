import { money } from "../../../money/money.ts";
import { type GoalLine, goalBasis } from "../../../pricing/goal-basis.ts";
import type { GoalAmounts } from "./published.ts";
import { type GoalState, goalState } from "./goal.ts";

/** A cart as far as free shipping goes. */
export interface ShippingCart {
  readonly currency: string;
  readonly lines: readonly GoalLine[];
}

/**
 * Where a cart stands against free shipping, by the same basis on every surface. Null where the cart's currency has no
 * goal: amounts are never converted.
 */
export function shippingGoal(cart: ShippingCart, goal: GoalAmounts | null): GoalState | null {
  const amount = goal !== null && Object.hasOwn(goal, cart.currency) ? goal[cart.currency] : undefined;
  if (amount === undefined) return null;
  return goalState(goalBasis(cart.lines), money(amount, cart.currency));
}
