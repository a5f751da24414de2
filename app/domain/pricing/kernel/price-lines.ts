import { Benefits } from "./benefits.ts";
import { proposeBoughtTogether } from "./bought-together.ts";
import { Cart } from "./cart.ts";
import { compareOffers, PricedOffer, QUANTITY_BREAKS } from "./offers.ts";
import { proposeQuantityBreaks } from "./quantity-breaks.ts";
import { resolveBenefits } from "./resolve.ts";

/** Steps of the search for one cart: about 3,000,000 instructions of a Function at the most. */
const EFFORT: i32 = 50000;

/** Sorts offers so that their place is their rank. */
export function rankOffers(offers: PricedOffer[]): PricedOffer[] {
  let from = offers;
  let into = offers.slice(0);
  for (let width: i32 = 1; width < offers.length; width *= 2) {
    for (let start: i32 = 0; start < offers.length; start += 2 * width) {
      let left = start;
      let right = start + width;
      const middle: i32 = right < offers.length ? right : offers.length;
      const end: i32 = middle + width < offers.length ? middle + width : offers.length;
      right = middle;
      for (let i = start; i < end; i++) {
        const takesLeft = left < middle && (right >= end || compareOffers(from[left]!, from[right]!) <= 0);
        into[i] = takesLeft ? from[left]! : from[right]!;
        if (takesLeft) left += 1;
        else right += 1;
      }
    }
    const swapped = from;
    from = into;
    into = swapped;
  }
  return from;
}

/**
 * Decides what offers take off the lines of a cart. Lines of the result are places in `cart.order`.
 *
 * @param offers By rank: see `rankOffers`.
 */
export function priceLines(cart: Cart, offers: PricedOffer[]): Benefits {
  const benefits = new Benefits();
  proposeBoughtTogether(cart, offers, benefits);
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    if (offers[rank]!.type === QUANTITY_BREAKS) proposeQuantityBreaks(cart, offers[rank]!, rank, benefits);
  }
  const quantities = new Int32Array(cart.lines);
  for (let at: i32 = 0; at < cart.lines; at++) {
    const line = cart.order[at]!;
    quantities[at] = cart.open[line]! !== 0 ? cart.quantity[line]! : 0;
  }
  resolveBenefits(benefits, quantities, EFFORT);
  return benefits;
}
