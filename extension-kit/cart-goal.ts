import { type CartLine, lineMinor, productOf } from "./cart.ts";
import {
  type CartReward,
  type CartRewards,
  goalSteps,
  isCurrencyCode,
  type Money,
  type StepsProgress,
} from "./domain.ts";
import type { GoalProduct } from "./goal-products.ts";

/** Where a cart stands against all that it can reach. */
export interface CartGoal extends Pick<StepsProgress, "code" | "reached" | "percent"> {
  /** The lowest amount first; `reached` has one place for each. */
  readonly rewards: readonly CartReward[];
  /** The first that is not reached; null for none. */
  readonly next: CartReward | null;
  /** Missing until `next`; nothing where there is none. */
  readonly remaining: Money;
}

/**
 * Where a cart stands against the shop's goals; null where they promise nothing to it.
 *
 * @param products What is known of the products in the cart and of gifts; null where nothing is yet. Then the only reward
 * is free shipping: which lines are gift cards, and whether a gift is for sale, has to be known for the others. A product
 * that was added since is taken to be no gift card.
 */
export function goalOfCart(
  lines: readonly CartLine[],
  { rewards, gifts }: CartRewards,
  products: ReadonlyMap<string, GoalProduct> | null,
): CartGoal | null {
  const currency = lines[0]?.cost.totalAmount.currencyCode ?? "";
  const shown = rewards.filter((reward) => reward.kind === "ships" || isKnown(reward, products));
  if (!isCurrencyCode(currency) || shown.length === 0) return null;
  const counted = lines.map((line) => ({
    totalMinor: lineMinor(line),
    requiresShipping: line.merchandise.requiresShipping,
    gift: gifts.has(productOf(line)),
    giftCard: products?.get(productOf(line))?.isGiftCard === true,
  }));
  const steps = shown.map(({ fromMinor, kind }) => ({ fromMinor, ships: kind === "ships" }));
  const { code, reached, next, remainingMinor, percent } = goalSteps(counted, steps);
  return {
    ...{ code, reached, percent, rewards: shown, next: shown[next] ?? null },
    remaining: { amountMinor: remainingMinor, currency },
  };
}

function isKnown(reward: CartReward, products: ReadonlyMap<string, GoalProduct> | null): boolean {
  if (products === null) return false;
  return reward.kind !== "gift" || products.get(reward.product)?.variantId != null;
}
