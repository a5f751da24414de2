import { allocateMinor } from "../money/allocate.ts";
import { bundlePriceMinor } from "../offers/types/fixed-bundle/bundle-price.ts";
import type { CartColumns } from "./cart-columns.ts";
import type { Replayed } from "./replayed-cart.ts";
import type { BundlePart, ReplayedBundle } from "./replayed-offer.ts";

/**
 * What a bundle would have saved a cart that held all of its components, as often as it held them: what they cost apart
 * then, less the bundle's price. Near is a cart that lacked one unit. A cart that paid less than the bundle's price would have
 * got nothing.
 */
export function replayBundle(cart: CartColumns, { parts, reward }: ReplayedBundle, currency: string): Replayed | null {
  const held = parts.map((part) => unitsOf(cart, part));
  const bundles = Math.min(...parts.map(({ quantity }, place) => Math.floor(held[place]! / quantity)));
  if (bundles === 0) return missOf(parts, held);
  const left = Array.from({ length: cart.lines }, (_, line) => cart.quantity[line]!);
  const offLines = left.map(() => 0);
  let given = false;
  for (let bundle = 0; bundle < bundles; bundle++) {
    const costs = takeOne(cart, parts, left);
    const apartMinor = costs.reduce((sum, cost) => sum + cost, 0);
    const priceMinor = bundlePriceMinor(reward, apartMinor, currency);
    if (priceMinor === null || priceMinor > apartMinor) continue;
    given = true;
    allocateMinor(apartMinor - priceMinor, costs).forEach((off, line) => (offLines[line]! += off));
  }
  return given ? { code: "given", on: { offLines, offOrderMinor: 0, shipsFree: false }, gifts: [] } : null;
}

/** A component that came in another bundle has no product of its own here. */
function isOf(cart: CartColumns, line: number, { product, variant }: BundlePart): boolean {
  return cart.product[line] === product && cart.variant[line] === variant;
}

function unitsOf(cart: CartColumns, part: BundlePart): number {
  let units = 0;
  for (let line = 0; line < cart.lines; line++) if (isOf(cart, line, part)) units += cart.quantity[line]!;
  return units;
}

/** Takes the units of one bundle from what is left of each line. What they cost, by line. */
function takeOne(cart: CartColumns, parts: readonly BundlePart[], left: number[]): number[] {
  const costs = left.map(() => 0);
  for (const part of parts) {
    let wanted = part.quantity;
    for (let line = 0; line < cart.lines && wanted > 0; line++) {
      if (!isOf(cart, line, part)) continue;
      const taken = Math.min(wanted, left[line]!);
      left[line]! -= taken;
      wanted -= taken;
      costs[line]! += taken * cart.unitPrice[line]!;
    }
  }
  return costs;
}

/** What a cart lacks that is one unit short of a bundle; null where it lacks more. */
function missOf(parts: readonly BundlePart[], held: readonly number[]): Replayed | null {
  const lacking = parts.flatMap(({ product, quantity }, place) => {
    const units = held[place]!;
    return units < quantity ? [{ product, units, missing: quantity - units }] : [];
  });
  const [one] = lacking;
  if (one === undefined || lacking.length > 1 || one.missing > 1) return null;
  return { code: "near", miss: { short: one.units > 0 ? "unit" : "product", product: one.product } };
}
