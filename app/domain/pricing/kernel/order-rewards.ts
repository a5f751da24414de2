import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { countedTowardsRewards } from "./gifts.ts";
import { ORDER_REWARD, PricedOffer } from "./offers.ts";

/**
 * The discounts on the order that a cart has reached, by rank. Shopify takes the one that saves most, and compares each
 * amount once more with what the lines cost after all discounts on them, those of others included.
 */
export function reachedOrderRewards(cart: Cart, offers: PricedOffer[], benefits: Benefits): PricedOffer[] {
  const reached: PricedOffer[] = [];
  let counted: number = -1;
  for (let i: i32 = 0; i < offers.length; i++) {
    if (offers[i]!.type !== ORDER_REWARD) continue;
    if (counted < 0) counted = countedTowardsRewards(cart, offers, benefits);
    if (counted >= offers[i]!.amount) reached.push(offers[i]!);
  }
  return reached;
}

/**
 * Whether a line takes part in a discount on the order: neither a gift card nor what is bought on a selling plan, which
 * would take the discount along to every renewal.
 */
export function takesOrderReward(cart: Cart, line: i32): boolean {
  return cart.giftCard[line]! === 0 && cart.open[line]! !== 0;
}
