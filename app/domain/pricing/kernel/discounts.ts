import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { PricedOffer } from "./offers.ts";
import { sortByNumber } from "./sort-places.ts";

/** What is taken off the lines of a cart, in columns: one row for equal amounts of one type of offer on one line. */
export class Discounts {
  count: i32 = 0;
  readonly line: Int32Array;
  readonly quantity: Int32Array;
  readonly amount: Float64Array;
  readonly type: Int32Array;

  /** @param most How many will be added at most. */
  constructor(most: i32) {
    this.line = new Int32Array(most);
    this.quantity = new Int32Array(most);
    this.amount = new Float64Array(most);
    this.type = new Int32Array(most);
  }

  add(line: i32, quantity: i32, amount: number, type: i32): void {
    const last = this.count - 1;
    if (last >= 0 && this.line[last]! === line && this.amount[last]! === amount && this.type[last]! === type) {
      this.quantity[last] = this.quantity[last]! + quantity;
      return;
    }
    const at = this.count;
    this.line[at] = line;
    this.quantity[at] = quantity;
    this.amount[at] = amount;
    this.type[at] = type;
    this.count = at + 1;
  }
}

/** Collects what was decided: the largest amounts first, then by type and line. Lines are places in the cart as it came. */
export function collectDiscounts(cart: Cart, offers: PricedOffer[], benefits: Benefits): Discounts {
  const found = new Discounts(benefits.entries);
  const first = benefits.first;
  const taken = benefits.taken;
  for (let b: i32 = 0; b < benefits.count; b++) {
    const type = offers[benefits.rank[b]!]!.type;
    const end = first[b + 1]!;
    for (let e = first[b]!; e < end; e++) {
      const quantity = taken[e]!;
      if (quantity > 0 && benefits.amount[e]! > 0) found.add(benefits.line[e]!, quantity, benefits.amount[e]!, type);
    }
  }
  const keys = new Float64Array(found.count);
  for (let i: i32 = 0; i < found.count; i++) keys[i] = found.type[i]! * cart.lines + found.line[i]!;
  const byLine = sortByNumber(keys, found.count);
  for (let i: i32 = 0; i < found.count; i++) keys[i] = -found.amount[byLine[i]!]!;
  const byAmount = sortByNumber(keys, found.count);
  const sorted = new Discounts(found.count);
  for (let i: i32 = 0; i < found.count; i++) {
    const from: i32 = byLine[byAmount[i]!]!;
    sorted.add(cart.order[found.line[from]!]!, found.quantity[from]!, found.amount[from]!, found.type[from]!);
  }
  return sorted;
}
