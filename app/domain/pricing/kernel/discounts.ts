import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { PricedOffer } from "./offers.ts";
import { sortPlaces } from "./sort-places.ts";

/** What is taken off the lines of a cart, in columns: one row for equal amounts of one type of offer on one line. */
export class Discounts {
  count: i32 = 0;
  readonly line: i32[] = [];
  readonly quantity: i32[] = [];
  readonly amount: number[] = [];
  readonly type: i32[] = [];

  add(line: i32, quantity: i32, amount: number, type: i32): void {
    const last = this.count - 1;
    if (last >= 0 && this.line[last]! === line && this.amount[last]! === amount && this.type[last]! === type) {
      this.quantity[last] = this.quantity[last]! + quantity;
      return;
    }
    this.line.push(line);
    this.quantity.push(quantity);
    this.amount.push(amount);
    this.type.push(type);
    this.count += 1;
  }
}

/** Collects what was decided: the largest amounts first, then by type and line. Lines are places in the cart as it came. */
export function collectDiscounts(cart: Cart, offers: PricedOffer[], benefits: Benefits): Discounts {
  const found = new Discounts();
  for (let b: i32 = 0; b < benefits.count; b++) {
    const type = offers[benefits.rank[b]!]!.type;
    for (let e = benefits.first[b]!; e < benefits.first[b + 1]!; e++) {
      const quantity = benefits.taken[e]!;
      if (quantity > 0 && benefits.amount[e]! > 0) found.add(benefits.line[e]!, quantity, benefits.amount[e]!, type);
    }
  }
  const order = sortPlaces<Discounts>(found.count, found, isDiscountBefore);
  const sorted = new Discounts();
  for (let i: i32 = 0; i < order.length; i++) {
    const from = order[i]!;
    sorted.add(cart.order[found.line[from]!]!, found.quantity[from]!, found.amount[from]!, found.type[from]!);
  }
  return sorted;
}

function isDiscountBefore(all: Discounts, a: i32, b: i32): boolean {
  if (all.amount[a]! !== all.amount[b]!) return all.amount[a]! > all.amount[b]!;
  if (all.type[a]! !== all.type[b]!) return all.type[a]! < all.type[b]!;
  return all.line[a]! < all.line[b]!;
}
