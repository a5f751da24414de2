import type { CollectionId, ProductId, VariantId } from "../ids.ts";
import type { UtcMs } from "../orders/order.ts";
import type { ProductAttribute } from "./attribute.ts";

/** One product of the catalogue, without its variants. */
export interface Product {
  readonly id: ProductId;
  readonly title: string;
  readonly handle: string;
  readonly vendor: string;
  readonly productType: string;
  /** Place in Shopify's taxonomy, broad to narrow: "Home & Garden > ... > Mugs"; null where none was chosen. */
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly attributes: readonly ProductAttribute[];
  readonly status: "active" | "draft" | "archived" | "unlisted";
  readonly isGiftCard: boolean;
  /** Whether it can be subscribed to, with a plan of whatever app. */
  readonly hasSellingPlans: boolean;
  /** Whether it is made of other products, whose stock it has, whichever app made it. Absent for no. */
  readonly isBundle?: boolean;
  /** Null while it is not in the online store. */
  readonly publishedAt: UtcMs | null;
  readonly imageUrl: string | null;
  /** Version of the product: an older one never overwrites a newer one. */
  readonly updatedAt: UtcMs;
}

/** Amounts in the smallest unit of the shop's currency. */
export interface Variant {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly title: string;
  /** What was chosen of each of the product's options, by the option's name; none where there is nothing to choose. */
  readonly options: Readonly<Record<string, string>>;
  readonly sku: string | null;
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  /** Null where the merchant keeps no cost, or does not show it to apps. */
  readonly costMinor: number | null;
  readonly available: boolean;
}

/** A product's place in a collection, as a bulk file gives it. */
export interface CollectionMembership {
  readonly productId: ProductId;
  readonly collectionId: CollectionId;
}
