import { allocate, amountOff, portionOf } from "./amounts.ts";
import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { addOpenLines, byPrice, GroupOffer, isAnySeen, see, smaller } from "./group-offer.ts";
import { PricedOffer } from "./offers.ts";

/**
 * Different groups of a cart that are formed, the dearest first: what more of them take off would not fit into the output
 * of a Function.
 */
const MOST_DIFFERENT: i32 = 80;

const NONE: Int32Array = /* @__PURE__ */ new Int32Array(0);

/** With more lines than this, each takes its part of the limit beforehand: to decide them together would take too long. */
const MOST_TOGETHER: i32 = 10;

/**
 * Proposes what a mix-and-match offer with a percentage takes off: each unit of its products may have it, up to the largest
 * multiple of what a group asks for. All units of its products count, whatever discount they take in the end, except those
 * on a selling plan. Of many lines the dearest units may have it.
 */
export function proposeMixAndMatch(cart: Cart, offer: PricedOffer, rank: i32, into: Benefits): void {
  const lines = linesOf(cart, offer);
  const areTogether = lines.length <= MOST_TOGETHER;
  let units: i32 = 0;
  for (let i: i32 = 0; i < lines.length; i++) units += cart.quantity[cart.order[lines[i]!]!]!;
  const limit: i32 = smaller(units / offer.buy, units) * offer.buy;
  let left = limit;
  for (let i: i32 = 0; i < lines.length && left > 0; i++) {
    const line = cart.order[lines[i]!]!;
    const most: i32 = areTogether ? cart.quantity[line]! : smaller(cart.quantity[line]!, left);
    const amount = portionOf(cart.unitPrice[line]!, offer.value);
    if (amount > 0) into.addEntry(lines[i]!, most, amount, 0);
    if (areTogether) continue;
    into.close(rank, most, false);
    left -= most;
  }
  if (areTogether) into.close(rank, limit, false);
}

/**
 * One mix-and-match offer whose groups have a price. The dearest units form the first group, the next dearest the second:
 * no other way to form as many groups saves more. A group that costs no more than its price is none.
 */
export class MixAndMatchOffer extends GroupOffer {
  /** Places in `cart.order`, the dearest first. */
  private lines: Int32Array = NONE;
  /** Of each unit of the group that is being put together: its price, and what is taken off it. */
  private readonly prices: Float64Array;
  private readonly parts: Float64Array;

  constructor(offer: PricedOffer, rank: i32) {
    super(offer, rank);
    this.prices = new Float64Array(offer.buy);
    this.parts = new Float64Array(offer.buy);
  }

  arrange(cart: Cart): void {
    this.lines = linesOf(cart, this.offer);
  }

  marks(seen: Uint8Array): boolean {
    return isAnySeen(this.lines, seen);
  }

  mark(seen: Uint8Array): void {
    see(this.lines, seen);
  }

  form(cart: Cart, most: i32, free: Int32Array, into: Benefits): i32 {
    const whole = this.offer.buy;
    let groups: i32 = 0;
    let filled: i32 = 0;
    let saves = true;
    for (let i: i32 = 0; i < this.lines.length && saves && into.count < MOST_DIFFERENT; i++) {
      const place = this.lines[i]!;
      let left: i32 = free[place]!;
      while (left > 0 && saves && groups < most) {
        // Several groups of one line are alike, and are decided once.
        const times: i32 = filled === 0 && left >= whole ? smaller(left / whole, most - groups) : 1;
        const units: i32 = smaller(left, whole - filled);
        this.add(place, units, 0);
        filled += units;
        left -= times * units;
        if (filled < whole) continue;
        saves = this.shareOut(cart);
        if (!saves) continue;
        this.closeByAmount(times, free, into);
        groups += times;
        filled = 0;
      }
    }
    this.clear();
    return groups;
  }

  /** Shares out what the group saves over its units, so that they cost its price together. Whether it saves anything. */
  private shareOut(cart: Cart): boolean {
    let count: i32 = 0;
    let sum: number = 0;
    for (let i: i32 = 0; i < this.count; i++) {
      const price = cart.unitPrice[cart.order[this.at[i]!]!]!;
      const end: i32 = count + this.units[i]!;
      for (; count < end; count++) this.prices[count] = price;
      sum += price * this.units[i]!;
    }
    const off = amountOff(sum, this.offer.reward, this.offer.value);
    if (off <= 0) return false;
    allocate(off, this.prices, count, this.parts);
    return true;
  }

  /** Closes the group with an entry for each amount: units of one line can differ by the smallest unit. */
  private closeByAmount(times: i32, free: Int32Array, into: Benefits): void {
    let part: i32 = 0;
    for (let i: i32 = 0; i < this.count; i++) {
      const place: i32 = this.at[i]!;
      const end: i32 = part + this.units[i]!;
      free[place] = free[place]! - times * this.units[i]!;
      while (part < end) {
        const from = part;
        while (part < end && this.parts[part]! === this.parts[from]!) part += 1;
        into.addEntry(place, part - from, this.parts[from]!, times * (part - from));
      }
    }
    into.close(this.rank, times, true);
    this.clear();
  }
}

/** The lines of all products that carry an offer, the dearest first. */
function linesOf(cart: Cart, offer: PricedOffer): Int32Array {
  const lines: i32[] = [];
  for (let i: i32 = 0; i < offer.anchors.length; i++) addOpenLines(cart, offer.anchors[i]!, lines);
  return byPrice(cart, lines, -1);
}
