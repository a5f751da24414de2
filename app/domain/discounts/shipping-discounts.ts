import { money } from "../money/money.ts";
import { type GoalState, goalState } from "../offers/goal.ts";
import type { GoalAmounts } from "../placements/published.ts";
import type { ShippingCart } from "./cart.ts";

/**
 * Where a cart stands against free shipping, by the same rule on every surface: what ships, after discounts on
 * the lines. Null where the cart's currency has no goal: amounts are never converted.
 */
export function shippingGoal(cart: ShippingCart, goal: GoalAmounts | null): GoalState | null {
  const amount = goal !== null && Object.hasOwn(goal, cart.currency) ? goal[cart.currency] : undefined;
  if (amount === undefined) return null;
  const counted = cart.lines.filter((line) => line.ships);
  const total = counted.reduce((sum, line) => sum + line.totalMinor, 0);
  return goalState(
    { counted: money(total, cart.currency), lines: cart.lines.length, countedLines: counted.length },
    money(amount, cart.currency),
  );
}

/** Whether this cart ships free. */
export function shippingDiscounts(cart: ShippingCart, goal: GoalAmounts | null): { free: boolean } {
  return { free: shippingGoal(cart, goal)?.code === "reached" };
}
