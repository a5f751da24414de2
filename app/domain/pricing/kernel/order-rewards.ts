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

/** Digits behind the point of {@link atShopify}'s rate. */
export const RATE_DIGITS: i32 = 9;

/**
 * The least amount of an order that Shopify is to ask for with a discount on it. Shopify compares it in the shop's currency.
 * Whether the cart reaches the exact amount has been decided already. So this may be lower, and is rounded down to whole
 * units; it must not be higher, or a cart would lose a discount that its page promises. In a currency whose unit is worth more
 * than the shop's, a conversion would raise the amount: there it stays as it is.
 *
 * @param amount In minor units of the cart's currency.
 * @param exponent Digits of the cart's currency.
 * @param rate Units of the cart's currency for one of the shop's, in units of {@link RATE_DIGITS} digits; -1 where it is not known.
 * @returns Whole units; -1 where the amount stays as it is.
 */
export function atShopify(amount: number, exponent: i32, rate: number): number {
  let one: number = 1;
  for (let i: i32 = 0; i < RATE_DIGITS; i++) one *= 10;
  if (rate <= one) return -1;
  let unit: number = 1;
  for (let i: i32 = 0; i < exponent; i++) unit *= 10;
  return Math.floor(((amount / unit) * one) / (rate + 1));
}

/**
 * Whether a line takes part in a discount on the order: neither a gift card nor what is bought on a selling plan, which
 * would take the discount along to every renewal.
 */
export function takesOrderReward(cart: Cart, line: i32): boolean {
  return cart.giftCard[line]! === 0 && cart.open[line]! !== 0;
}
