import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { GIFT, PricedOffer } from "./offers.ts";

/** Lines of a cart whose gifts are decided exactly; in a larger one they are given on top of what was decided. */
const MOST_LINES: i32 = 100;

/**
 * The gifts that a cart holds: products of which a goal gives one unit from an amount on. Whether it does is decided by
 * the cart without them, after discounts, so that a gift never counts towards itself and adding it takes nothing away.
 */
export class Gifts {
  private readonly cart: Cart;
  private readonly offers: PricedOffer[];
  /** Ranks of the gift offers whose product is in the cart. */
  private readonly ranks: i32[] = [];
  /** Of each product of the cart: 1 where it is a gift. */
  private readonly isGift: Uint8Array;
  /** What {@link hide} changes of the cart. */
  private quantity: Int32Array;
  private units: Int32Array;
  private open: Uint8Array;

  constructor(cart: Cart, offers: PricedOffer[]) {
    this.cart = cart;
    this.offers = offers;
    this.isGift = new Uint8Array(cart.products.count);
    this.quantity = cart.quantity;
    this.units = cart.units;
    this.open = cart.open;
    for (let rank: i32 = 0; rank < offers.length; rank++) {
      if (offers[rank]!.type !== GIFT) continue;
      const place = cart.products.placeOf(offers[rank]!.giftProduct);
      if (place < 0) continue;
      offers[rank]!.anchor = place;
      this.ranks.push(rank);
      this.isGift[place] = 1;
    }
  }

  /** Whether the cart holds any. */
  isAny(): boolean {
    return this.ranks.length > 0;
  }

  /** Whether to decide them exactly. */
  isExact(): boolean {
    return this.cart.lines <= MOST_LINES;
  }

  /** Makes the cart as if it held none. */
  hide(): void {
    const cart = this.cart;
    this.quantity = cart.quantity.slice(0);
    this.units = cart.units.slice(0);
    this.open = cart.open.slice(0);
    for (let at: i32 = 0; at < cart.lines; at++) {
      const line = cart.order[at]!;
      const product = cart.product[line]!;
      if (product < 0 || this.isGift[product]! === 0) continue;
      cart.quantity[line] = 0;
      cart.units[product] = 0;
      cart.open[line] = 0;
    }
  }

  /** Undoes {@link hide}. */
  show(): void {
    this.cart.quantity.set(this.quantity);
    this.cart.units.set(this.units);
    this.cart.open.set(this.open);
  }

  /** Keeps those whose amount the cart reaches: of each product the first by rank, since a product is given once. */
  keepReached(counted: number): void {
    const given = new Uint8Array(this.cart.products.count);
    let kept: i32 = 0;
    for (let i: i32 = 0; i < this.ranks.length; i++) {
      const offer = this.offers[this.ranks[i]!]!;
      if (counted < offer.amount || given[offer.anchor]! !== 0) continue;
      given[offer.anchor] = 1;
      this.ranks[kept] = this.ranks[i]!;
      kept += 1;
    }
    this.ranks.length = kept;
  }

  /** Proposes one free unit of each, whichever costs most. */
  propose(into: Benefits): void {
    const cart = this.cart;
    for (let i: i32 = 0; i < this.ranks.length; i++) {
      const rank = this.ranks[i]!;
      const product = this.offers[rank]!.anchor;
      for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
        const line = cart.order[at]!;
        if (cart.open[line]! !== 0 && cart.unitPrice[line]! > 0) {
          into.addEntry(at, cart.quantity[line]!, cart.unitPrice[line]!, 0);
        }
      }
      into.close(rank, 1, false);
    }
  }

  /**
   * Gives one free unit of each on top of what was decided: one that took nothing, else one whose own benefit takes less
   * off it. A unit of a whole benefit keeps it.
   */
  giveOnTop(benefits: Benefits): void {
    const before = benefits.count;
    const entries = benefits.entries;
    const free = new Int32Array(this.cart.lines);
    for (let at: i32 = 0; at < this.cart.lines; at++) free[at] = this.cart.quantity[this.cart.order[at]!]!;
    for (let e: i32 = 0; e < entries; e++) {
      const taken: i32 = benefits.taken[e]!;
      if (taken === 0) continue;
      const at = benefits.line[e]!;
      free[at] = free[at]! - taken;
    }
    this.propose(benefits);
    for (let b = before; b < benefits.count; b++) {
      for (let e = benefits.first[b]!; e < benefits.first[b + 1]!; e++) {
        const at = benefits.line[e]!;
        if (free[at]! > 0) free[at] = free[at]! - 1;
        else if (!releaseUnit(benefits, before, at)) continue;
        benefits.taken[e] = 1;
        break;
      }
    }
  }
}

/** Takes a unit of a line back from a benefit by the unit, one of the first so many. Whether there is such a unit. */
function releaseUnit(benefits: Benefits, count: i32, at: i32): boolean {
  const line = benefits.line;
  const taken = benefits.taken;
  let e: i32 = 0;
  for (let b: i32 = 0; b < count; b++) {
    const end = benefits.first[b + 1]!;
    for (; e < end; e++) {
      if (line[e]! !== at || taken[e]! === 0 || benefits.whole[b]! !== 0) continue;
      taken[e] = taken[e]! - 1;
      return true;
    }
  }
  return false;
}

/**
 * What of a cart counts towards rewards of the order and gifts: every line after discounts, in minor units, without gift
 * cards and without products that are gifts themselves.
 */
export function countedTowardsRewards(cart: Cart, offers: PricedOffer[], benefits: Benefits): number {
  let counted: number = 0;
  const counts = linesThatCount(cart, offers);
  for (let at: i32 = 0; at < cart.lines; at++) {
    const line = cart.order[at]!;
    if (counts[at]! !== 0) counted += cart.quantity[line]! * cart.unitPrice[line]!;
  }
  const taken = benefits.taken;
  const end = benefits.entries;
  for (let e: i32 = 0; e < end; e++) {
    if (taken[e]! > 0 && counts[benefits.line[e]!]! !== 0) counted -= taken[e]! * benefits.amount[e]!;
  }
  return counted;
}

/** Of each place in `cart.order`: 1 where the line counts towards rewards of the order and gifts. */
export function linesThatCount(cart: Cart, offers: PricedOffer[]): Uint8Array {
  const counts = new Uint8Array(cart.lines);
  for (let at: i32 = 0; at < cart.lines; at++) counts[at] = cart.giftCard[cart.order[at]!]! === 0 ? 1 : 0;
  for (let i: i32 = 0; i < offers.length; i++) {
    if (offers[i]!.type !== GIFT) continue;
    const place = cart.products.placeOf(offers[i]!.giftProduct);
    if (place < 0) continue;
    for (let at = cart.firstOf[place]!; at < cart.firstOf[place + 1]!; at++) counts[at] = 0;
  }
  return counts;
}
