import { money } from "../../../money/money.ts";
import { type GoalState, goalState } from "./goal.ts";
import type { GoalAmounts } from "./published.ts";
import type { ShippingCart } from "../../cart.ts";

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

/** One way to deliver a group of lines, as Shopify names it. */
export interface DeliveryChoice {
  readonly handle: string;
  /** In the cart's currency. */
  readonly costMinor: number;
  /** False for collection by the buyer, which is no shipping. */
  readonly ships: boolean;
}

/**
 * Which ways to ship are free: the cheapest of each group, since the goal promises shipping, not the fastest
 * courier. Nothing where the goal is not reached, or where a group can be shipped for nothing already.
 *
 * @returns Handles of options, in the order given.
 */
export function shippingDiscounts(
  cart: ShippingCart & { readonly groups: readonly (readonly DeliveryChoice[])[] },
  goal: GoalAmounts | null,
): string[] {
  if (shippingGoal(cart, goal)?.code !== "reached") return [];
  return cart.groups.flatMap((choices) => {
    const shipped = choices.filter(({ ships }) => ships);
    const cheapest = Math.min(...shipped.map(({ costMinor }) => costMinor));
    return cheapest <= 0 ? [] : shipped.filter(({ costMinor }) => costMinor === cheapest).map(({ handle }) => handle);
  });
}
