import type { ProductAttribute } from "./attribute.ts";

/**
 * What the miner knows of a product beside its orders. Everything but id and title may be missing; what is missing
 * counts neither for nor against a product.
 */
export interface CatalogueItem {
  /** The id that the basket table uses. */
  readonly id: string;
  readonly title: string;
  /** Product type, in the merchant's words; null or blank where there is none. */
  readonly kind: string | null;
  /** Place in Shopify's taxonomy, broad to narrow: "Home & Garden > ... > Mugs"; null or absent where unknown. */
  readonly category?: string | null;
  readonly vendor: string | null;
  readonly tags: readonly string[];
  /** Ids of the collections it is in. */
  readonly collections: readonly string[];
  /** Price in the smallest unit of the shop's currency; null where unknown. */
  readonly priceMinor: number | null;
  /** What is chosen at that price, "500 g / Whole bean"; null or absent where there is nothing to choose. */
  readonly choice?: string | null;
  /** What can be set side by side. */
  readonly attributes: readonly ProductAttribute[];
  /** Units sent back as a share of units sold, 0 to 1; null where unknown. */
  readonly refundedShare: number | null;
  /** Units sold, of which that is the share; absent or null where nobody says. */
  readonly soldUnits?: number | null;
  /** (price - cost) / price; null where the cost is unknown. */
  readonly marginShare: number | null;
}

/** The price where it is a usable one: a finite number above zero. */
export function knownPrice(item: Pick<CatalogueItem, "priceMinor">): number | null {
  const price = item.priceMinor;
  return price !== null && Number.isFinite(price) && price > 0 ? price : null;
}

/** A share where it is a usable one, from 0 to 1; otherwise null. */
export function knownShare(share: number | null): number | null {
  return share !== null && share >= 0 && share <= 1 ? share : null;
}

/** Text as it is compared: one form of each character (NFKC), lower case, single spaces. Null for blank. */
export function comparable(text: string | null): string | null {
  const plain = (text ?? "").normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
  return plain === "" ? null : plain;
}
