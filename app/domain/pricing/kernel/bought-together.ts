import { allocate, amountOff, portionOf } from "./amounts.ts";
import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { BOUGHT_TOGETHER, PERCENT, PricedOffer } from "./offers.ts";

/** Products up to this place are paired: the table of pairs would not fit into a Function's memory with more. */
const MOST_PAIRED: i32 = 1200;

/**
 * Proposes what bought-together offers take off.
 *
 * Two products are partners when an offer of one lists the other; of several such offers the largest percentage counts,
 * then the best by rank. Every unit of a partner entitles one unit of the product to that percentage, and the other way
 * round. So adding items never loses a discount, and a unit is entitled by its partner being in the cart, whatever
 * discount that one takes.
 *
 * @param offers All of the cart, by rank.
 */
export function proposeBoughtTogether(cart: Cart, offers: PricedOffer[], into: Benefits): void {
  const products: i32 = cart.products.count < MOST_PAIRED ? cart.products.count : MOST_PAIRED;
  const pairs = new Int32Array(products * products);
  let hasPairs = false;
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type !== BOUGHT_TOGETHER) continue;
    if (offer.reward !== PERCENT) proposeSets(cart, offer, rank, into);
    else if (offer.anchor < products) {
      markPairs(pairs, products, offers, rank);
      hasPairs = true;
    }
  }
  if (!hasPairs) return;
  for (let product: i32 = 0; product < products; product++) proposePairs(cart, pairs, products, product, offers, into);
}

/** Notes an offer at every pair that it is the best for, as rank + 1; the lower place first. */
function markPairs(pairs: Int32Array, products: i32, offers: PricedOffer[], rank: i32): void {
  const offer = offers[rank]!;
  for (let i: i32 = 0; i < offer.partners.length; i++) {
    const partner = offer.partners[i]!;
    if (partner >= products) continue;
    const pair: i32 = partner < offer.anchor ? partner * products + offer.anchor : offer.anchor * products + partner;
    const known = pairs[pair]! - 1;
    if (known < 0 || offers[known]!.value < offer.value) pairs[pair] = rank + 1;
  }
}

/** Proposes what a product's partners entitle it to: for each offer at most the units of the partners it stands for. */
function proposePairs(
  cart: Cart,
  pairs: Int32Array,
  products: i32,
  product: i32,
  offers: PricedOffer[],
  into: Benefits,
): void {
  const needed = openUnits(cart, product);
  if (needed === 0) return;
  const ranks: i32[] = [];
  const units: i32[] = [];
  for (let partner: i32 = 0; partner < products; partner++) {
    const pair: i32 = partner < product ? partner * products + product : product * products + partner;
    const rank = pairs[pair]! - 1;
    if (rank < 0) continue;
    entitle(offers, rank, cart.units[partner]!, needed, ranks, units);
  }
  for (let i: i32 = 0; i < ranks.length; i++) {
    const value = offers[ranks[i]!]!.value;
    for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
      const line = cart.order[at]!;
      const amount = portionOf(cart.unitPrice[line]!, value);
      if (cart.open[line]! !== 0 && amount > 0) into.addEntry(at, cart.quantity[line]!, amount);
    }
    into.close(ranks[i]!, units[i]!, false);
  }
}

/** Adds units to those of an offer; keeps the offers with the largest percentages, and no more units than are needed. */
function entitle(offers: PricedOffer[], rank: i32, quantity: i32, needed: i32, ranks: i32[], units: i32[]): void {
  let at: i32 = 0;
  let before: i32 = 0;
  while (at < ranks.length && ranks[at]! !== rank && isBefore(offers, ranks[at]!, rank)) {
    before += units[at]!;
    at += 1;
  }
  if (before >= needed) return;
  if (at < ranks.length && ranks[at]! === rank) units[at] = units[at]! + quantity;
  else {
    ranks.push(0);
    units.push(0);
    for (let i = ranks.length - 1; i > at; i--) {
      ranks[i] = ranks[i - 1]!;
      units[i] = units[i - 1]!;
    }
    ranks[at] = rank;
    units[at] = quantity;
  }
  let sum = before;
  for (let i = at; i < ranks.length; i++) {
    sum += units[i]!;
    if (sum < needed) continue;
    ranks.length = i + 1;
    units.length = i + 1;
  }
}

function isBefore(offers: PricedOffer[], a: i32, b: i32): boolean {
  const difference = offers[a]!.value - offers[b]!.value;
  return difference > 0 || (difference === 0 && a < b);
}

function openUnits(cart: Cart, product: i32): i32 {
  let units: i32 = 0;
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    const line = cart.order[at]!;
    if (cart.open[line]! !== 0) units += cart.quantity[line]!;
  }
  return units;
}

/**
 * Proposes the sets of an offer whose reward is for the whole set: the dearest units of each product first. Units that
 * take no discount belong to no set.
 */
function proposeSets(cart: Cart, offer: PricedOffer, rank: i32, into: Benefits): void {
  const at: i32[] = [cart.firstOf[offer.anchor]!];
  const end: i32[] = [cart.firstOf[offer.anchor + 1]!];
  for (let i: i32 = 0; i < offer.members.length; i++) {
    at.push(cart.firstOf[offer.members[i]!]!);
    end.push(cart.firstOf[offer.members[i]! + 1]!);
  }
  const used: i32[] = [];
  for (let i: i32 = 0; i < at.length; i++) used.push(0);
  while (true) {
    let times: i32 = 2147483647;
    for (let i: i32 = 0; i < at.length; i++) {
      while (
        at[i]! < end[i]! &&
        (cart.open[cart.order[at[i]!]!]! === 0 || used[i]! >= cart.quantity[cart.order[at[i]!]!]!)
      ) {
        at[i] = at[i]! + 1;
        used[i] = 0;
      }
      if (at[i]! >= end[i]!) return;
      const left = cart.quantity[cart.order[at[i]!]!]! - used[i]!;
      if (left < times) times = left;
    }
    proposeSet(cart, offer, rank, at, times, into);
    for (let i: i32 = 0; i < at.length; i++) used[i] = used[i]! + times;
  }
}

/** One unit of each of these lines, as often as `times`; nothing where the set is no cheaper. */
function proposeSet(cart: Cart, offer: PricedOffer, rank: i32, at: i32[], times: i32, into: Benefits): void {
  const prices: number[] = [];
  let sum: number = 0;
  for (let i: i32 = 0; i < at.length; i++) {
    const price = cart.unitPrice[cart.order[at[i]!]!]!;
    prices.push(price);
    sum += price;
  }
  const off = amountOff(sum, offer.reward, offer.value);
  if (off <= 0) return;
  const parts: number[] = [];
  allocate(off, prices, parts);
  for (let i: i32 = 0; i < at.length; i++) into.addEntry(at[i]!, 1, parts[i]!);
  into.close(rank, times, true);
}
