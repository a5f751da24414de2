import { allocate, amountOff, portionOf } from "./amounts.ts";
import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { BOUGHT_TOGETHER, PricedOffer } from "./offers.ts";
import { FREE_SHIPPING, PERCENT } from "./rewards.ts";
import { MOST_PRODUCTS, readPartners } from "./read-partners.ts";
import { sortByNumber } from "./sort-places.ts";

/** Products up to this place are paired: the table of pairs would not fit into a Function's memory with more. */
const MOST_PAIRED: i32 = 1500;

/**
 * Of a cart's sets with a reward as a whole the first so many are proposed, by rank: more would take a Function too long. Each
 * offer has its share of them. All ways to put its set together are proposed where they are no more than that; otherwise each
 * unit is in one set alone.
 */
const MOST_SETS: i32 = 50;

const ALL: i32 = 2147483647;

/** What a cart's products entitle each other to. */
class Entitlements {
  private readonly products: i32;
  /** Of each pair of products, the lower place first: 1 where an offer was found that stands for it. */
  private readonly isPaired: Uint8Array;
  /** Of each product: units for which a discount was not found yet. */
  private readonly needed: Int32Array;
  /** Takes the partners of one offer after the other. */
  private readonly partners: Int32Array = new Int32Array(MOST_PRODUCTS);
  /** Products that have such units. */
  unsatisfied: i32 = 0;
  /** So many units of a product are entitled to the discount of an offer, by its rank. */
  readonly product: i32[] = [];
  readonly rank: i32[] = [];
  readonly units: i32[] = [];

  constructor(cart: Cart, products: i32) {
    this.products = products;
    this.isPaired = new Uint8Array(products * products);
    this.needed = new Int32Array(products);
    for (let product: i32 = 0; product < products; product++) {
      const units = openUnits(cart, product);
      this.needed[product] = units;
      if (units > 0) this.unsatisfied += 1;
    }
  }

  /** Entitles both products of every pair that an offer stands for. Offers come with the best first. */
  add(cart: Cart, offer: PricedOffer, rank: i32): void {
    if (offer.listed > 0) {
      offer.partners = this.partners;
      readPartners(offer, cart.products);
    }
    const anchor = offer.anchor;
    const partners = offer.partners;
    const needed = this.needed;
    const isPaired = this.isPaired;
    const products = this.products;
    for (let i: i32 = 0; i < offer.partnerCount; i++) {
      const partner: i32 = partners[i]!;
      if (partner >= products || (needed[anchor]! <= 0 && needed[partner]! <= 0)) continue;
      const pair: i32 = partner < anchor ? partner * products + anchor : anchor * products + partner;
      if (isPaired[pair]! !== 0) continue;
      isPaired[pair] = 1;
      if (needed[anchor]! > 0) this.entitle(anchor, rank, cart.units[partner]!);
      if (needed[partner]! > 0) this.entitle(partner, rank, cart.units[anchor]!);
    }
  }

  /** @param units Of the partner; 0 where it is taken not to be in the cart. */
  private entitle(product: i32, rank: i32, units: i32): void {
    if (units === 0) return;
    const left = this.needed[product]! - units;
    this.needed[product] = left;
    if (left <= 0) this.unsatisfied -= 1;
    this.product.push(product);
    this.rank.push(rank);
    this.units.push(units);
  }

  /** The entitlements by product, then as they came: those of one offer side by side. */
  sorted(): Int32Array {
    const count = this.product.length;
    const start = new Int32Array(this.products + 1);
    for (let i: i32 = 0; i < count; i++) start[this.product[i]! + 1] = start[this.product[i]! + 1]! + 1;
    for (let product: i32 = 0; product < this.products; product++) {
      start[product + 1] = start[product + 1]! + start[product]!;
    }
    const order = new Int32Array(count);
    for (let i: i32 = 0; i < count; i++) {
      const product = this.product[i]!;
      order[start[product]!] = i;
      start[product] = start[product]! + 1;
    }
    return order;
  }
}

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
  if (!hasSets(offers)) return;
  const products: i32 = cart.products.count < MOST_PAIRED ? cart.products.count : MOST_PAIRED;
  const entitled = new Entitlements(cart, products);
  const sets = new Sets(cart, countSets(offers));
  const ranks = new Int32Array(offers.length);
  const negative = new Float64Array(offers.length);
  let count: i32 = 0;
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type !== BOUGHT_TOGETHER) continue;
    if (offer.reward === PERCENT) {
      ranks[count] = rank;
      negative[count] = -offer.value;
      count += 1;
    } else if (isForWholeSet(offer)) sets.propose(offer, rank, into);
  }
  const best = sortByNumber(negative, count);
  // Once every unit has its largest percentage the partners of further offers do not matter.
  for (let i: i32 = 0; i < count && entitled.unsatisfied > 0; i++) {
    const rank: i32 = ranks[best[i]!]!;
    if (offers[rank]!.anchor < products) entitled.add(cart, offers[rank]!, rank);
  }
  proposeUnits(cart, offers, entitled, into);
}

function hasSets(offers: PricedOffer[]): boolean {
  for (let rank: i32 = 0; rank < offers.length; rank++) if (offers[rank]!.type === BOUGHT_TOGETHER) return true;
  return false;
}

function countSets(offers: PricedOffer[]): i32 {
  let count: i32 = 0;
  for (let rank: i32 = 0; rank < offers.length; rank++) if (isForWholeSet(offers[rank]!)) count += 1;
  return count;
}

/** Free shipping is decided where delivery is: see `goal.ts`. */
function isForWholeSet(offer: PricedOffer): boolean {
  return offer.type === BOUGHT_TOGETHER && offer.reward !== PERCENT && offer.reward !== FREE_SHIPPING;
}

/** Proposes for each offer that a product is entitled to as many units, at most, as its partners have. */
function proposeUnits(cart: Cart, offers: PricedOffer[], entitled: Entitlements, into: Benefits): void {
  const order = entitled.sorted();
  for (let i: i32 = 0; i < order.length; i++) {
    const product = entitled.product[order[i]!]!;
    const rank = entitled.rank[order[i]!]!;
    let units = entitled.units[order[i]!]!;
    while (
      i + 1 < order.length &&
      entitled.product[order[i + 1]!]! === product &&
      entitled.rank[order[i + 1]!]! === rank
    ) {
      i += 1;
      units += entitled.units[order[i]!]!;
    }
    for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
      const line = cart.order[at]!;
      const amount = portionOf(cart.unitPrice[line]!, offers[rank]!.value);
      if (cart.open[line]! !== 0 && amount > 0) into.addEntry(at, cart.quantity[line]!, amount, 0);
    }
    into.close(rank, units, false);
  }
}

function openUnits(cart: Cart, product: i32): i32 {
  let units: i32 = 0;
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    const line = cart.order[at]!;
    if (cart.open[line]! !== 0) units += cart.quantity[line]!;
  }
  return units;
}

/** Proposes the sets of offers whose reward is for the whole set. The same arrays for every offer. */
class Sets {
  private readonly cart: Cart;
  private readonly mostWays: i32;
  /** Of each product of the set: the line that is next, its first line, where its lines end, and used units of the next one. */
  private readonly at: i32[] = [];
  private readonly from: i32[] = [];
  private readonly end: i32[] = [];
  private readonly used: i32[] = [];
  /** Of each product of the set: the price of that line, and what is taken off it. */
  private prices: Float64Array = new Float64Array(0);
  private parts: Float64Array = new Float64Array(0);

  /** @param count Offers of the cart whose sets are to be proposed: each has its share of them. */
  constructor(cart: Cart, count: i32) {
    this.cart = cart;
    this.mostWays = count === 0 ? 0 : (Math.floor(MOST_SETS / count) as i32);
  }

  /**
   * Proposes every way to put a set together, so that two offers that want the same product can each take a line of it.
   * Where there are too many ways, each unit is in one set alone, the dearest with the dearest. Units that take no discount
   * belong to no set.
   */
  propose(offer: PricedOffer, rank: i32, into: Benefits): void {
    this.at.length = 0;
    this.from.length = 0;
    this.end.length = 0;
    this.used.length = 0;
    let ways = this.addProduct(offer.anchor);
    for (let i: i32 = 0; i < offer.partnerCount; i++) {
      const lines = this.addProduct(offer.partners[i]!);
      ways = ways > this.mostWays && lines > 0 ? ways : ways * lines;
    }
    if (ways === 0) return;
    if (this.at.length > this.prices.length) {
      this.prices = new Float64Array(this.at.length);
      this.parts = new Float64Array(this.at.length);
    }
    if (ways <= this.mostWays) this.proposeWays(offer, rank, into);
    else this.proposeDearest(offer, rank, into);
  }

  /** Returns how many lines of the product can take a discount. */
  private addProduct(product: i32): i32 {
    const end: i32 = this.cart.firstOf[product + 1]!;
    const first = this.openFrom(this.cart.firstOf[product]!, end);
    this.at.push(first);
    this.from.push(first);
    this.end.push(end);
    this.used.push(0);
    let lines: i32 = 0;
    for (let at = first; at < end; at = this.openFrom(at + 1, end)) lines += 1;
    return lines;
  }

  /** The first line from a place on that can take a discount; `end` for none. */
  private openFrom(from: i32, end: i32): i32 {
    let at = from;
    while (at < end && this.cart.open[this.cart.order[at]!]! === 0) at += 1;
    return at;
  }

  /** A set of each product's every line with every line of the others, as often as these have units. */
  private proposeWays(offer: PricedOffer, rank: i32, into: Benefits): void {
    let isDone = false;
    while (!isDone && into.count < MOST_SETS) {
      let times: i32 = ALL;
      for (let i: i32 = 0; i < this.at.length; i++) {
        const left: i32 = this.leftAt(i);
        if (left < times) times = left;
      }
      this.proposeOne(offer, rank, times, into);
      // Counts up like the digits of a number.
      let i: i32 = this.at.length - 1;
      while (i >= 0) {
        this.at[i] = this.openFrom(this.at[i]! + 1, this.end[i]!);
        if (this.at[i]! < this.end[i]!) break;
        this.at[i] = this.from[i]!;
        i -= 1;
      }
      isDone = i < 0;
    }
  }

  private proposeDearest(offer: PricedOffer, rank: i32, into: Benefits): void {
    while (into.count < MOST_SETS) {
      const times = this.nextTimes();
      if (times === 0) return;
      this.proposeOne(offer, rank, times, into);
      for (let i: i32 = 0; i < this.at.length; i++) this.used[i] = this.used[i]! + times;
    }
  }

  /** How often there is a unit of each product's next line; 0 where a product has none left. */
  private nextTimes(): i32 {
    let times: i32 = ALL;
    for (let i: i32 = 0; i < this.at.length; i++) {
      let left = this.leftAt(i);
      while (left <= 0) {
        this.at[i] = this.at[i]! + 1;
        this.used[i] = 0;
        if (this.at[i]! >= this.end[i]!) return 0;
        left = this.leftAt(i);
      }
      if (left < times) times = left;
    }
    return times;
  }

  private leftAt(i: i32): i32 {
    const line = this.cart.order[this.at[i]!]!;
    return this.cart.open[line]! === 0 ? 0 : this.cart.quantity[line]! - this.used[i]!;
  }

  /** One unit of each of these lines, as often as `times`; nothing where the set is no cheaper. */
  private proposeOne(offer: PricedOffer, rank: i32, times: i32, into: Benefits): void {
    let sum: number = 0;
    for (let i: i32 = 0; i < this.at.length; i++) {
      const price = this.cart.unitPrice[this.cart.order[this.at[i]!]!]!;
      this.prices[i] = price;
      sum += price;
    }
    const off = amountOff(sum, offer.reward, offer.value);
    if (off <= 0) return;
    allocate(off, this.prices, this.at.length, this.parts);
    for (let i: i32 = 0; i < this.at.length; i++) into.addEntry(this.at[i]!, 1, this.parts[i]!, 0);
    into.close(rank, times, true);
  }
}
