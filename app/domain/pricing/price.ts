import { portionMinor } from "../money/basis-points.ts";

/**
 * What one unit costs with `basisPoints` off: the price less its portion, which is rounded half up. Every surface
 * takes the discount off unit by unit through this rule, so that they agree to the smallest unit.
 */
export function discountedPriceMinor(priceMinor: number, basisPoints: number): number {
  return priceMinor - portionMinor(priceMinor, basisPoints);
}

/** What one of each of these products costs as a set: the sum of their discounted prices, in minor units. */
export function setPriceMinor(pricesMinor: readonly number[], basisPoints: number): number {
  return pricesMinor.reduce((total, price) => total + discountedPriceMinor(price, basisPoints), 0);
}
