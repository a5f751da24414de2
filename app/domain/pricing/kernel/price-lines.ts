import { Benefits } from "./benefits.ts";
import { proposeBoughtTogether } from "./bought-together.ts";
import { Cart } from "./cart.ts";
import { compareOffers, PricedOffer, QUANTITY_BREAKS } from "./offers.ts";
import { proposeQuantityBreaks } from "./quantity-breaks.ts";
import { resolveBenefits } from "./resolve.ts";
import { sortPlaces } from "./sort-places.ts";

/** Steps of the search for one cart: about 3,000,000 instructions of a Function at the most. */
const EFFORT: i32 = 50000;

/** Sorts offers so that their place is their rank. */
export function rankOffers(offers: PricedOffer[]): PricedOffer[] {
  const places = sortPlaces<PricedOffer[]>(offers.length, offers, isOfferBefore);
  const ranked: PricedOffer[] = [];
  for (let rank: i32 = 0; rank < places.length; rank++) ranked.push(offers[places[rank]!]!);
  return ranked;
}

function isOfferBefore(offers: PricedOffer[], a: i32, b: i32): boolean {
  return compareOffers(offers[a]!, offers[b]!) < 0;
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
