import { amountOff } from "./amounts.ts";
import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { BUY_X_GET_Y, PricedOffer } from "./offers.ts";
import { readPartners } from "./read-rules.ts";
import { sortByNumber } from "./sort-places.ts";

/**
 * One buy-x-get-y offer, with the lines of a cart that it is about. Its units are taken in groups: those that are bought,
 * at their price, and those that are got for less. A unit is in one group at the most, so that no unit pays twice. Units on
 * a selling plan take no part.
 */
export class GroupOffer {
  readonly offer: PricedOffer;
  readonly rank: i32;
  /** Places in `cart.order` of what is bought; with the same products these are got as well. */
  private bought: i32[] = [];
  private got: i32[] = [];
  /** The group that is being put together: places, units, and what is taken off each. */
  private readonly at: i32[] = [];
  private readonly units: i32[] = [];
  private readonly amount: number[] = [];

  constructor(offer: PricedOffer, rank: i32) {
    this.offer = offer;
    this.rank = rank;
  }

  /**
   * Finds the lines. What is got never counts as bought. The cheapest units are bought and the dearest are got, which is
   * best for the shopper; with the same products the dearest stand first.
   */
  arrange(cart: Cart): void {
    const offer = this.offer;
    for (let i: i32 = 0; i < offer.anchors.length; i++) addLines(cart, offer.anchors[i]!, this.bought);
    if (offer.sameProducts) {
      this.bought = byPrice(cart, this.bought, -1);
      return;
    }
    const isGot = new Uint8Array(cart.products.count);
    for (let i: i32 = 0; i < offer.partnerCount; i++) {
      isGot[offer.partners[i]!] = 1;
      addLines(cart, offer.partners[i]!, this.got);
    }
    const bought: i32[] = [];
    for (let i: i32 = 0; i < this.bought.length; i++) {
      const place = this.bought[i]!;
      if (isGot[cart.product[cart.order[place]!]!]! === 0) bought.push(place);
    }
    this.bought = byPrice(cart, bought, 1);
    this.got = byPrice(cart, this.got, -1);
  }

  /** Whether a line can be in a group. */
  marks(seen: Uint8Array): boolean {
    for (let i: i32 = 0; i < this.bought.length; i++) if (seen[this.bought[i]!]! !== 0) return true;
    for (let i: i32 = 0; i < this.got.length; i++) if (seen[this.got[i]!]! !== 0) return true;
    return false;
  }

  /** Sets `seen` to 1 for every line that can be in a group. */
  mark(seen: Uint8Array): void {
    for (let i: i32 = 0; i < this.bought.length; i++) seen[this.bought[i]!] = 1;
    for (let i: i32 = 0; i < this.got.length; i++) seen[this.got[i]!] = 1;
  }

  /**
   * Forms up to `most` groups of units that are free, and takes them. The last may have fewer units to get than it could.
   *
   * @param free Of each place in `cart.order` its units that no group has; what is taken is deducted.
   * @param into Takes the groups, each as a whole benefit; they are marked as taken.
   * @returns How many groups there are.
   */
  form(cart: Cart, most: i32, free: Int32Array, into: Benefits): i32 {
    const limit: i32 = this.offer.mostTimes > 0 && this.offer.mostTimes < most ? this.offer.mostTimes : most;
    return this.offer.sameProducts ? this.formOfSame(cart, limit, free, into) : this.formOfTwo(cart, limit, free, into);
  }

  private formOfSame(cart: Cart, most: i32, free: Int32Array, into: Benefits): i32 {
    const buy = this.offer.buy;
    const whole = buy + this.offer.get;
    let groups: i32 = 0;
    let filled: i32 = 0;
    for (let i: i32 = 0; i < this.bought.length && groups < most; i++) {
      const place = this.bought[i]!;
      let left = free[place]!;
      while (left > 0 && groups < most) {
        if (filled === 0 && left >= whole) {
          const times = smaller(left / whole, most - groups);
          this.add(place, buy, 0);
          this.add(place, this.offer.get, this.amountAt(cart, place));
          this.close(times, free, into);
          groups += times;
          left -= times * whole;
          continue;
        }
        const isBought = filled < buy;
        const units = smaller(left, isBought ? buy - filled : whole - filled);
        this.add(place, units, isBought ? 0 : this.amountAt(cart, place));
        filled += units;
        left -= units;
        if (filled < whole) continue;
        this.close(1, free, into);
        groups += 1;
        filled = 0;
      }
    }
    if (filled > buy) {
      this.close(1, free, into);
      groups += 1;
    }
    this.clear();
    return groups;
  }

  private formOfTwo(cart: Cart, most: i32, free: Int32Array, into: Benefits): i32 {
    const buy = this.offer.buy;
    const get = this.offer.get;
    let groups: i32 = 0;
    let x: i32 = 0;
    let y: i32 = 0;
    while (groups < most) {
      while (x < this.bought.length && free[this.bought[x]!]! <= 0) x += 1;
      while (y < this.got.length && free[this.got[y]!]! <= 0) y += 1;
      if (x >= this.bought.length || y >= this.got.length) break;
      const fromX = free[this.bought[x]!]!;
      const fromY = free[this.got[y]!]!;
      let times: i32 = 1;
      if (fromX >= buy && fromY >= get) times = smaller(smaller(fromX / buy, fromY / get), most - groups);
      if (!this.takeFrom(cart, this.bought, x, buy, free, false)) break;
      this.takeFrom(cart, this.got, y, get, free, true);
      this.close(times, free, into);
      groups += times;
    }
    this.clear();
    return groups;
  }

  /** Adds so many free units to the group, from a place of a list on. Whether there were so many. */
  private takeFrom(cart: Cart, list: i32[], from: i32, wanted: i32, free: Int32Array, isGot: boolean): boolean {
    let left = wanted;
    for (let i = from; i < list.length && left > 0; i++) {
      const units = smaller(left, free[list[i]!]!);
      if (units > 0) this.add(list[i]!, units, isGot ? this.amountAt(cart, list[i]!) : 0);
      left -= units;
    }
    return left === 0;
  }

  private amountAt(cart: Cart, place: i32): number {
    return amountOff(cart.unitPrice[cart.order[place]!]!, this.offer.reward, this.offer.value);
  }

  private add(place: i32, units: i32, amount: number): void {
    this.at.push(place);
    this.units.push(units);
    this.amount.push(amount);
  }

  private close(times: i32, free: Int32Array, into: Benefits): void {
    for (let i: i32 = 0; i < this.at.length; i++) {
      const units = times * this.units[i]!;
      free[this.at[i]!] = free[this.at[i]!]! - units;
      into.addEntry(this.at[i]!, this.units[i]!, this.amount[i]!);
      into.taken[into.taken.length - 1] = units;
    }
    into.close(this.rank, times, true);
    this.clear();
  }

  private clear(): void {
    this.at.length = 0;
    this.units.length = 0;
    this.amount.length = 0;
  }
}

/** The buy-x-get-y offers of a cart, by rank. */
export function groupOffers(cart: Cart, offers: PricedOffer[]): GroupOffer[] {
  const found: GroupOffer[] = [];
  for (let rank: i32 = 0; rank < offers.length; rank++) {
    const offer = offers[rank]!;
    if (offer.type !== BUY_X_GET_Y) continue;
    if (!offer.sameProducts) readPartners(offer, cart.products);
    const group = new GroupOffer(offer, rank);
    group.arrange(cart);
    found.push(group);
  }
  return found;
}

function addLines(cart: Cart, product: i32, into: i32[]): void {
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    if (cart.open[cart.order[at]!]! !== 0) into.push(at);
  }
}

/** Places by the price of their lines: the cheapest first for 1, the dearest for -1. Equal ones keep their order. */
function byPrice(cart: Cart, places: i32[], direction: number): i32[] {
  const prices = new Float64Array(places.length);
  for (let i: i32 = 0; i < places.length; i++) prices[i] = direction * cart.unitPrice[cart.order[places[i]!]!]!;
  const order = sortByNumber(prices, places.length);
  const sorted: i32[] = [];
  for (let i: i32 = 0; i < order.length; i++) sorted.push(places[order[i]!]!);
  return sorted;
}

function smaller(a: number, b: number): i32 {
  return Math.floor(a < b ? a : b) as i32;
}
