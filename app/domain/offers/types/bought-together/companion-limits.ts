/** What the catalogue says of a product's price and cost. */
export interface PricedProduct {
  /** The lowest price of its variants; null or absent where it is not known. */
  readonly priceMinor?: number | null;
  /** Cost as a share of the price, of the variant of which it is most; null or absent where no cost is known. */
  readonly costShare?: number | null;
}

/** Why what the merchant set keeps a companion back: what it goes with, its price beside the product's, or what is left of it. */
export type LimitCode = "does-not-fit" | "too-expensive" | "low-margin";

/** The limits of a shop, as its settings declare them. */
export interface CompanionLimits {
  readonly companionPricePercent: number | null;
  readonly leastMarginPercent: number;
}

/** One basis point of a price. */
const WHOLE = 10_000;
const A_PERCENT = 100;
/** Far less than any price can tell apart. */
const ROUNDING = 1e-9;

/**
 * Which limit a companion breaks, if any. Prices and costs that are not known break none. Of several variants the lowest
 * price counts, and the one of which the cost takes most. Without a discount a product that sells for less than its cost
 * is the merchant's own choice, unless they ask for a margin.
 */
export function limitOf(
  companion: PricedProduct | undefined,
  trigger: PricedProduct | undefined,
  { companionPricePercent: most, leastMarginPercent: least }: CompanionLimits,
  discountBasisPoints: number,
): LimitCode | null {
  const [price, of] = [companion?.priceMinor ?? null, trigger?.priceMinor ?? null];
  if (most !== null && price !== null && of !== null && price * A_PERCENT > of * most) return "too-expensive";
  const cost = companion?.costShare ?? null;
  if (cost === null || (least === 0 && discountBasisPoints === 0)) return null;
  const paid = 1 - discountBasisPoints / WHOLE;
  return cost > paid * (1 - least / A_PERCENT) + ROUNDING ? "low-margin" : null;
}
