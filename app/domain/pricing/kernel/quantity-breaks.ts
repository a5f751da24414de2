import { Benefits } from "./benefits.ts";
import { Cart } from "./cart.ts";
import { PricedOffer } from "./offers.ts";
import { sortByNumber } from "./sort-places.ts";

const NONE: Int32Array = /* @__PURE__ */ new Int32Array(0);

/**
 * Proposes what a quantity-breaks offer takes off its product. Units of all lines count, also those on a selling plan,
 * which take no discount themselves: of the product, or of each variant where variants do not count together. Of the
 * tiers that are reached each unit gets the one that saves most, so that one more unit never makes the others dearer.
 */
export function proposeQuantityBreaks(cart: Cart, offer: PricedOffer, rank: i32, into: Benefits): void {
  const product = offer.anchor;
  const tiers = offer.tiers;
  if (tiers === null) return;
  const from: i32 = cart.firstOf[product]!;
  const end: i32 = cart.firstOf[product + 1]!;
  const isApart = !offer.together && end - from > 1;
  const unitsAt = isApart ? unitsByVariant(cart, from, end) : NONE;
  let open: i32 = 0;
  for (let at = from; at < end; at++) {
    const line = cart.order[at]!;
    if (cart.open[line]! === 0) continue;
    const units: i32 = isApart ? unitsAt[at - from]! : cart.units[product]!;
    const amount = tiers.amountOff(units, cart.unitPrice[line]!);
    if (amount <= 0) continue;
    into.addEntry(at, cart.quantity[line]!, amount, 0);
    open += cart.quantity[line]!;
  }
  into.close(rank, open, false);
}

/** Of each line from one place of `cart.order` up to another: units of all of these that are of its variant. */
function unitsByVariant(cart: Cart, from: i32, end: i32): Int32Array {
  const count = end - from;
  const variants = new Float64Array(count);
  for (let i: i32 = 0; i < count; i++) variants[i] = cart.variant[cart.order[from + i]!]!;
  const sorted = sortByNumber(variants, count);
  const units = new Int32Array(count);
  let start: i32 = 0;
  while (start < count) {
    let sum: i32 = 0;
    let next = start;
    while (next < count && variants[sorted[next]!]! === variants[sorted[start]!]!) {
      sum += cart.quantity[cart.order[from + sorted[next]!]!]!;
      next += 1;
    }
    for (let i = start; i < next; i++) units[sorted[i]!] = sum;
    start = next;
  }
  return units;
}
