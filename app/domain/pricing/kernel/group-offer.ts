import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { PricedOffer } from "./offers.ts";
import { sortByNumber } from "./sort-places.ts";

/**
 * One offer whose units are taken in groups, with the lines of a cart that it is about. A unit is in one group at the most,
 * so that no unit pays twice. Units on a selling plan take no part.
 */
export abstract class GroupOffer {
  readonly offer: PricedOffer;
  readonly rank: i32;
  /** The group that is being put together: places in `cart.order`, units, and what is taken off each. */
  protected readonly at: i32[] = [];
  protected readonly units: i32[] = [];
  protected readonly amount: number[] = [];
  /** How many of these there are; what stands behind them is of earlier groups. */
  protected count: i32 = 0;

  constructor(offer: PricedOffer, rank: i32) {
    this.offer = offer;
    this.rank = rank;
  }

  /** Finds the lines. To be called once, before all else. */
  abstract arrange(cart: Cart): void;

  /** Whether a line that `seen` has can be in a group. */
  abstract marks(seen: Uint8Array): boolean;

  /** Sets `seen` to 1 for every line that can be in a group. */
  abstract mark(seen: Uint8Array): void;

  /**
   * Forms up to `most` groups of units that are free, and takes them: those that save most first.
   *
   * @param free Of each place in `cart.order` its units that no group has; what is taken is deducted.
   * @param into Takes the groups, each as a whole benefit; they are marked as taken.
   * @returns How many groups there are.
   */
  abstract form(cart: Cart, most: i32, free: Int32Array, into: Benefits): i32;

  protected add(place: i32, units: i32, amount: number): void {
    if (this.count === this.at.length) {
      this.at.push(place);
      this.units.push(units);
      this.amount.push(amount);
    } else {
      this.at[this.count] = place;
      this.units[this.count] = units;
      this.amount[this.count] = amount;
    }
    this.count += 1;
  }

  protected close(times: i32, free: Int32Array, into: Benefits): void {
    for (let i: i32 = 0; i < this.count; i++) {
      const units = times * this.units[i]!;
      free[this.at[i]!] = free[this.at[i]!]! - units;
      into.addEntry(this.at[i]!, this.units[i]!, this.amount[i]!, units);
    }
    into.close(this.rank, times, true);
    this.clear();
  }

  protected clear(): void {
    this.count = 0;
  }
}

/** Adds the lines of a product that take discounts, as places in `cart.order`. */
export function addOpenLines(cart: Cart, product: i32, into: i32[]): void {
  for (let at = cart.firstOf[product]!; at < cart.firstOf[product + 1]!; at++) {
    if (cart.open[cart.order[at]!]! !== 0) into.push(at);
  }
}

/** Places by the price of their lines: the cheapest first for 1, the dearest for -1. Equal ones keep their order. */
export function byPrice(cart: Cart, places: i32[], direction: number): Int32Array {
  const prices = new Float64Array(places.length);
  for (let i: i32 = 0; i < places.length; i++) prices[i] = direction * cart.unitPrice[cart.order[places[i]!]!]!;
  const sorted = sortByNumber(prices, places.length);
  for (let i: i32 = 0; i < sorted.length; i++) sorted[i] = places[sorted[i]!]!;
  return sorted;
}

export function isAnySeen(places: Int32Array, seen: Uint8Array): boolean {
  for (let i: i32 = 0; i < places.length; i++) if (seen[places[i]!]! !== 0) return true;
  return false;
}

export function see(places: Int32Array, seen: Uint8Array): void {
  for (let i: i32 = 0; i < places.length; i++) seen[places[i]!] = 1;
}

/** The smaller of two numbers, rounded down. */
export function smaller(a: number, b: number): i32 {
  return Math.floor(a < b ? a : b) as i32;
}
