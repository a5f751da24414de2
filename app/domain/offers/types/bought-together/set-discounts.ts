import { portionMinor } from "../../../money/basis-points.ts";
import { listedProducts, type PublishedOffer } from "./published.ts";
import type { BareId } from "../../../ids.ts";

/** A cart as the discount rules see it. Line properties are not part of it: they never authorise a price. */
export interface DiscountCart {
  /** The currency that the buyer pays in; every amount is in its minor units. */
  readonly currency: string;
  readonly lines: readonly DiscountLine[];
}

export interface DiscountLine {
  readonly id: string;
  /** Null for a custom item without a product. */
  readonly product: BareId | null;
  /** The published offer of its product, where there is one. */
  readonly offer: PublishedOffer | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** Bought on a selling plan: never discounted, though it may be what others are bought with. */
  readonly subscription: boolean;
}

/** So much off each of `quantity` units of one line. */
export interface LineDiscount {
  readonly lineId: string;
  readonly quantity: number;
  readonly amountOffMinor: number;
}

/** The units of one product in the cart. */
interface ProductInCart {
  readonly product: BareId;
  /** Units of all its lines, subscriptions included. */
  readonly quantity: number;
  /** The lines whose units can be discounted. */
  readonly lines: readonly DiscountLine[];
  readonly listed: ReadonlySet<BareId>;
  readonly discountBasisPoints: number;
}

/**
 * Bought-together discounts of a cart (D1-D3).
 *
 * Two products are partners when one is among the listed companions of the other's offer; the discount of the
 * pair is the larger of the two offers'. At `d` basis points a product gets as many discounted units as its
 * partners of at least `d` have units in the cart, at most its own; of all `d`, the one that takes most off the
 * product's units counts (the larger `d` among equals). The dearest units come first, then lines by id. Hence
 * adding items never loses a discount, no unit is discounted twice, and the order of lines does not matter.
 *
 * Off each unit: `roundHalfUp(price * d / 10000)`. Discounts of zero are left out.
 */
export function setDiscounts(cart: DiscountCart): LineDiscount[] {
  const products = productsOf(cart);
  return products.flatMap((product) => bestDiscounts(product, partnersOf(product, products))).sort(byLine);
}

function productsOf(cart: DiscountCart): ProductInCart[] {
  const byProduct = new Map<BareId, DiscountLine[]>();
  for (const line of cart.lines) {
    if (line.product === null || line.quantity <= 0) continue;
    const known = byProduct.get(line.product);
    if (known === undefined) byProduct.set(line.product, [line]);
    else known.push(line);
  }
  return [...byProduct].map(([product, lines]) => {
    const offer: PublishedOffer | null = lines.find((line) => line.offer !== null)?.offer ?? null;
    return {
      product,
      quantity: lines.reduce((total, line) => total + line.quantity, 0),
      lines: lines.filter((line) => !line.subscription).sort(dearestFirst),
      listed: new Set(offer === null ? [] : listedProducts(offer)),
      discountBasisPoints: offer?.discountBasisPoints ?? 0,
    };
  });
}

interface Partner {
  readonly quantity: number;
  readonly discountBasisPoints: number;
}

function partnersOf(product: ProductInCart, products: readonly ProductInCart[]): Partner[] {
  return products.flatMap((other) => {
    if (other.product === product.product) return [];
    const own = product.listed.has(other.product) ? product.discountBasisPoints : 0;
    const theirs = other.listed.has(product.product) ? other.discountBasisPoints : 0;
    const discountBasisPoints = Math.max(own, theirs);
    return discountBasisPoints === 0 ? [] : [{ quantity: other.quantity, discountBasisPoints }];
  });
}

function bestDiscounts(product: ProductInCart, partners: readonly Partner[]): LineDiscount[] {
  let best: LineDiscount[] = [];
  let most = 0;
  const discounts = [...new Set(partners.map((partner) => partner.discountBasisPoints))].sort((a, b) => b - a);
  for (const discount of discounts) {
    const units = partners
      .filter((partner) => partner.discountBasisPoints >= discount)
      .reduce((total, partner) => total + partner.quantity, 0);
    const taken = takeOff(product.lines, units, discount);
    const off = taken.reduce((total, line) => total + line.quantity * line.amountOffMinor, 0);
    if (off > most) [best, most] = [taken, off];
  }
  return best;
}

function takeOff(lines: readonly DiscountLine[], units: number, discountBasisPoints: number): LineDiscount[] {
  const taken: LineDiscount[] = [];
  let left = units;
  for (const line of lines) {
    const quantity = Math.min(line.quantity, left);
    const amountOffMinor = portionMinor(line.unitPriceMinor, discountBasisPoints);
    if (quantity === 0 || amountOffMinor === 0) continue;
    taken.push({ lineId: line.id, quantity, amountOffMinor });
    left -= quantity;
  }
  return taken;
}

function dearestFirst(a: DiscountLine, b: DiscountLine): number {
  return b.unitPriceMinor - a.unitPriceMinor || (a.id < b.id ? -1 : 1);
}

function byLine(a: LineDiscount, b: LineDiscount): number {
  return a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0;
}
