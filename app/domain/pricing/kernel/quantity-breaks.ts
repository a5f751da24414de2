import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { PricedOffer } from "./offers.ts";

/**
 * Proposes what a quantity-breaks offer takes off its product. Units of all lines count, also those on a selling plan,
 * which take no discount themselves: of the product, or of each variant where variants do not count together. Of the
 * tiers that are reached each unit gets the one that saves most, so that one more unit never makes the others dearer.
 */
export function proposeQuantityBreaks(cart: Cart, offer: PricedOffer, rank: i32, into: Benefits): void {
  const product = offer.anchor;
  const tiers = offer.tiers;
  if (tiers === null) return;
  let open: i32 = 0;
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    const line = cart.order[at]!;
    if (cart.open[line]! === 0) continue;
    const units: i32 = offer.together ? cart.units[product]! : unitsOfVariant(cart, product, cart.variant[line]!);
    const amount = tiers.amountOff(units, cart.unitPrice[line]!);
    if (amount <= 0) continue;
    into.addEntry(at, cart.quantity[line]!, amount, 0);
    open += cart.quantity[line]!;
  }
  into.close(rank, open, false);
}

function unitsOfVariant(cart: Cart, product: i32, variant: number): i32 {
  let units: i32 = 0;
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    const line = cart.order[at]!;
    if (cart.variant[line]! === variant) units += cart.quantity[line]!;
  }
  return units;
}
