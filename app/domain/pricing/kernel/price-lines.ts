import { Benefits } from "./benefits.ts";
import { proposeBoughtTogether } from "./bought-together.ts";
import { Cart } from "./cart.ts";
import { GroupChoice, groupOffers } from "./choose-groups.ts";
import { countedTowardsRewards, Gifts } from "./gifts.ts";
import { proposeMixAndMatch } from "./mix-and-match.ts";
import { MIX_AND_MATCH, PricedOffer, QUANTITY_BREAKS } from "./offers.ts";
import { PERCENT } from "./rewards.ts";
import { proposeQuantityBreaks } from "./quantity-breaks.ts";
import { Resolver } from "./resolve.ts";
import { sortByNumber } from "./sort-places.ts";

/**
 * Steps of the search for one cart, each about 60 instructions of a Function. The more lines a cart has, the more the other
 * work takes of what Shopify allows.
 */
const EFFORT: i32 = 50000;
const EFFORT_LESS_PER_LINE: i32 = 235;
const LEAST_EFFORT: i32 = 3000;
/** Steps of the search for all tries of numbers of groups together, of a cart without lines. */
const EFFORT_OF_TRIES: i32 = 90000;
const EFFORT_OF_TRIES_LESS_PER_LINE: i32 = 900;
/** Above every number of an offer. */
const NUMBERS: number = 1099511627776;
/** Above every letter of a type: see `offers.ts`. */
const LETTERS: i32 = 128;
/** So many offers are put in order one by one. */
const FEW: i32 = 8;

/**
 * Sorts offers so that their place is their rank: by priority, the highest first, then by type, number and product.
 *
 * @param offers By product.
 */
export function rankOffers(offers: PricedOffer[]): PricedOffer[] {
  const count = offers.length;
  if (count <= FEW) return rankFew(offers);
  const keys = new Float64Array(count);
  // With types apart most carts are in order already, and there is nothing to sort.
  const byType = placesByType(offers);
  for (let i: i32 = 0; i < count; i++) {
    const offer = offers[byType[i]!]!;
    keys[i] = offer.type * NUMBERS + offer.number;
  }
  const byNumber = chain(byType, sortByNumber(keys, count));
  for (let i: i32 = 0; i < count; i++) keys[i] = -offers[byNumber[i]!]!.priority;
  const places = chain(byNumber, sortByNumber(keys, count));
  const ranked: PricedOffer[] = [];
  for (let i: i32 = 0; i < count; i++) ranked.push(offers[places[i]!]!);
  return ranked;
}

/** As {@link rankOffers}, each offer put before those that stand behind it: for few that is the least work. */
function rankFew(offers: PricedOffer[]): PricedOffer[] {
  const ranked: PricedOffer[] = [];
  for (let i: i32 = 0; i < offers.length; i++) {
    const offer = offers[i]!;
    ranked.push(offer);
    let at = i;
    while (at > 0 && isBehind(ranked[at - 1]!, offer)) {
      ranked[at] = ranked[at - 1]!;
      at -= 1;
    }
    ranked[at] = offer;
  }
  return ranked;
}

function isBehind(a: PricedOffer, b: PricedOffer): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.type === b.type ? a.number > b.number : a.type > b.type;
}

/** The places of offers by type, each type's in the order in which they came. */
function placesByType(offers: PricedOffer[]): Int32Array {
  const start = new Int32Array(LETTERS + 1);
  for (let i: i32 = 0; i < offers.length; i++) {
    const type = offers[i]!.type;
    start[type + 1] = start[type + 1]! + 1;
  }
  for (let type: i32 = 0; type < LETTERS; type++) start[type + 1] = start[type + 1]! + start[type]!;
  const places = new Int32Array(offers.length);
  for (let i: i32 = 0; i < offers.length; i++) {
    const type = offers[i]!.type;
    places[start[type]!] = i;
    start[type] = start[type]! + 1;
  }
  return places;
}

/** What stands at each place of `places`. */
function chain(places: Int32Array, order: Int32Array): Int32Array {
  const chained = new Int32Array(order.length);
  for (let i: i32 = 0; i < order.length; i++) chained[i] = places[order[i]!]!;
  return chained;
}

/**
 * Decides what offers take off the lines of a cart. Lines of the result are places in `cart.order`.
 *
 * @param offers By rank: see `rankOffers`.
 */
export function priceLines(cart: Cart, offers: PricedOffer[]): Benefits {
  const gifts = new Gifts(cart, offers);
  if (!gifts.isAny()) return decided(cart, offers, null, 1);
  const isExact = gifts.isExact();
  const times: i32 = isExact ? 2 : 1;
  if (isExact) gifts.hide();
  const benefits = decided(cart, offers, null, times);
  gifts.keepReached(countedTowardsRewards(cart, offers, benefits));
  if (!isExact) {
    gifts.giveOnTop(benefits);
    return benefits;
  }
  gifts.show();
  return decided(cart, offers, gifts, times);
}

/**
 * @param gifts Those that the cart has reached; null for none.
 * @param times How often the cart is decided.
 */
function decided(cart: Cart, offers: PricedOffer[], gifts: Gifts | null, times: i32): Benefits {
  const benefits = new Benefits();
  proposeBoughtTogether(cart, offers, benefits);
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type === QUANTITY_BREAKS) proposeQuantityBreaks(cart, offer, rank, benefits);
    if (offer.type === MIX_AND_MATCH && offer.reward === PERCENT) proposeMixAndMatch(cart, offer, rank, benefits);
  }
  if (gifts !== null) gifts.propose(benefits);
  const groups = groupOffers(cart, offers);
  if (benefits.count === 0 && groups.length === 0) return benefits;
  const quantities = new Int32Array(cart.lines);
  for (let at: i32 = 0; at < cart.lines; at++) {
    const line = cart.order[at]!;
    quantities[at] = cart.open[line]! !== 0 ? cart.quantity[line]! : 0;
  }
  const effort = stepsOf(cart, EFFORT, EFFORT_LESS_PER_LINE, times);
  const ofTries = stepsOf(cart, EFFORT_OF_TRIES, EFFORT_OF_TRIES_LESS_PER_LINE, times);
  if (groups.length > 0) new GroupChoice(cart, groups, benefits, quantities, effort, ofTries).decide();
  else new Resolver(benefits, cart.lines).decide(quantities, effort);
  return benefits;
}

/** So many steps, less some for each line, shared among so many decisions of the cart. */
function stepsOf(cart: Cart, steps: i32, lessPerLine: i32, times: i32): i32 {
  const left: i32 = steps - cart.lines * lessPerLine;
  return Math.floor((left > LEAST_EFFORT ? left : LEAST_EFFORT) / times) as i32;
}
