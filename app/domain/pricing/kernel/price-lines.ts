import { Benefits } from "./benefits.ts";
import { proposeBoughtTogether } from "./bought-together.ts";
import { Cart } from "./cart.ts";
import { GroupChoice, groupOffers } from "./choose-groups.ts";
import { countedTowardsRewards, Gifts } from "./gifts.ts";
import { proposeMixAndMatch } from "./mix-and-match.ts";
import { MIX_AND_MATCH, PERCENT, PricedOffer, QUANTITY_BREAKS } from "./offers.ts";
import { proposeQuantityBreaks } from "./quantity-breaks.ts";
import { resolveBenefits } from "./resolve.ts";
import { sortByNumber } from "./sort-places.ts";

/**
 * Steps of the search for one cart, each about 60 instructions of a Function. The more lines a cart has, the more the other
 * work takes of what Shopify allows.
 */
const EFFORT: i32 = 50000;
const EFFORT_LESS_PER_LINE: i32 = 235;
const LEAST_EFFORT: i32 = 3000;
/** Above every number of an offer. */
const NUMBERS: number = 1099511627776;

/**
 * Sorts offers so that their place is their rank: by priority, the highest first, then by type, number and product.
 *
 * @param offers By product.
 */
export function rankOffers(offers: PricedOffer[]): PricedOffer[] {
  const count = offers.length;
  const keys = new Float64Array(count);
  // With types apart most carts are in order already, and there is nothing to sort.
  const byType = groupByType(offers);
  for (let i: i32 = 0; i < count; i++) keys[i] = byType[i]!.type * NUMBERS + byType[i]!.number;
  const byNumber = pick(byType, sortByNumber(keys, count));
  for (let i: i32 = 0; i < count; i++) keys[i] = -byNumber[i]!.priority;
  return pick(byNumber, sortByNumber(keys, count));
}

/** Offers by type, each type's in the order in which they came. */
function groupByType(offers: PricedOffer[]): PricedOffer[] {
  const grouped: PricedOffer[] = [];
  let before: i32 = -1;
  while (grouped.length < offers.length) {
    let type: i32 = 2147483647;
    for (let i: i32 = 0; i < offers.length; i++) {
      if (offers[i]!.type > before && offers[i]!.type < type) type = offers[i]!.type;
    }
    for (let i: i32 = 0; i < offers.length; i++) if (offers[i]!.type === type) grouped.push(offers[i]!);
    before = type;
  }
  return grouped;
}

function pick(offers: PricedOffer[], places: Int32Array): PricedOffer[] {
  const picked: PricedOffer[] = [];
  for (let i: i32 = 0; i < places.length; i++) picked.push(offers[places[i]!]!);
  return picked;
}

/**
 * Decides what offers take off the lines of a cart. Lines of the result are places in `cart.order`.
 *
 * @param offers By rank: see `rankOffers`.
 */
export function priceLines(cart: Cart, offers: PricedOffer[]): Benefits {
  const gifts = new Gifts(cart, offers);
  if (!gifts.isAny()) return decided(cart, offers, null);
  const isExact = gifts.isExact();
  if (isExact) gifts.hide();
  const benefits = decided(cart, offers, null);
  gifts.keepReached(countedTowardsRewards(cart, offers, benefits));
  if (!isExact) {
    gifts.giveOnTop(benefits);
    return benefits;
  }
  gifts.show();
  return decided(cart, offers, gifts);
}

/** @param gifts Those that the cart has reached; null for none. */
function decided(cart: Cart, offers: PricedOffer[], gifts: Gifts | null): Benefits {
  const benefits = new Benefits();
  proposeBoughtTogether(cart, offers, benefits);
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type === QUANTITY_BREAKS) proposeQuantityBreaks(cart, offer, rank, benefits);
    if (offer.type === MIX_AND_MATCH && offer.reward === PERCENT) proposeMixAndMatch(cart, offer, rank, benefits);
  }
  if (gifts !== null) gifts.propose(benefits);
  const quantities = new Int32Array(cart.lines);
  for (let at: i32 = 0; at < cart.lines; at++) {
    const line = cart.order[at]!;
    quantities[at] = cart.open[line]! !== 0 ? cart.quantity[line]! : 0;
  }
  const left: i32 = EFFORT - cart.lines * EFFORT_LESS_PER_LINE;
  const effort: i32 = left > LEAST_EFFORT ? left : LEAST_EFFORT;
  const groups = groupOffers(cart, offers);
  if (groups.length > 0) new GroupChoice(cart, groups, benefits, quantities, effort).decide();
  else resolveBenefits(benefits, quantities, effort);
  return benefits;
}
