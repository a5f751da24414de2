import { amountOff } from "./amounts.ts";
import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { addOpenLines, byPrice, GroupOffer, isAnySeen, see, smaller } from "./group-offer.ts";
import { PricedOffer } from "./offers.ts";

const NONE: Int32Array = /* @__PURE__ */ new Int32Array(0);

/**
 * One buy-x-get-y offer, with the lines of a cart that it is about. Its groups have units that are bought, at their price,
 * and units that are got for less.
 */
export class BuyXGetYOffer extends GroupOffer {
  /** Places in `cart.order` of what is bought; with the same products these are got as well. */
  private bought: Int32Array = NONE;
  private got: Int32Array = NONE;

  constructor(offer: PricedOffer, rank: i32) {
    super(offer, rank);
  }

  /**
   * Finds the lines. What is got never counts as bought. The cheapest units are bought and the dearest are got, which is
   * best for the shopper; with the same products the dearest stand first.
   */
  arrange(cart: Cart): void {
    const offer = this.offer;
    const isGot = new Uint8Array(cart.products.count);
    const got: i32[] = [];
    for (let i: i32 = 0; i < offer.partnerCount; i++) {
      isGot[offer.partners[i]!] = 1;
      addOpenLines(cart, offer.partners[i]!, got);
    }
    const bought: i32[] = [];
    for (let i: i32 = 0; i < offer.anchors.length; i++) {
      const product = offer.anchors[i]!;
      if (isGot[product]! === 0) addOpenLines(cart, product, bought);
    }
    this.bought = byPrice(cart, bought, offer.sameProducts ? -1 : 1);
    this.got = byPrice(cart, got, -1);
  }

  marks(seen: Uint8Array): boolean {
    return isAnySeen(this.bought, seen) || isAnySeen(this.got, seen);
  }

  mark(seen: Uint8Array): void {
    see(this.bought, seen);
    see(this.got, seen);
  }

  /** The last group may have fewer units to get than it could. */
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
  private takeFrom(cart: Cart, list: Int32Array, from: i32, wanted: i32, free: Int32Array, isGot: boolean): boolean {
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
}
