import type { MetafieldNode } from "./metafield-definitions.ts";
import { operation, type Page } from "./operation.ts";

/** A product as bulk files and refetches give it. */
export interface ProductNode {
  readonly id: string;
  readonly title: string;
  readonly handle: string;
  readonly status: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly publishedAt: string | null;
  readonly updatedAt: string;
  readonly isGiftCard: boolean;
  /** Absent from bulk files that an earlier version asked for. */
  readonly hasVariantsThatRequiresComponents?: boolean;
  /** Absent, as options are, from bulk files that an earlier version asked for. */
  readonly category?: { readonly fullName: string } | null;
  /** Absent from bulk files that an earlier version asked for. */
  readonly sellingPlanGroupsCount?: { readonly count: number } | null;
  readonly options?: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string } | null } | null } | null;
}

export interface VariantNode {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly price: string;
  readonly compareAtPrice: string | null;
  readonly availableForSale: boolean;
  readonly selectedOptions?: readonly { readonly name: string; readonly value: string }[];
  readonly inventoryItem: {
    readonly unitCost: { readonly amount: string; readonly currencyCode: string } | null;
  } | null;
}

/**
 * One product with the first page of its variants and collections, and the metafields of these names
 * ("custom.material"), if any.
 */
export const PRODUCT = operation<
  { id: string; keys: readonly string[]; hasKeys: boolean },
  {
    product:
      | (ProductNode & {
          metafields?: { nodes: readonly MetafieldNode[] };
          variants: Page<VariantNode>;
          collections: Page<{ id: string }>;
        })
      | null;
  }
>(`#graphql
  query Product($id: ID!, $keys: [String!], $hasKeys: Boolean!) {
    product(id: $id) {
      id title handle status vendor productType tags publishedAt updatedAt isGiftCard
      hasVariantsThatRequiresComponents
      sellingPlanGroupsCount { count }
      category { fullName }
      options { name values }
      metafields(first: 20, keys: $keys) @include(if: $hasKeys) { nodes { key type value definition { name } } }
      featuredMedia { preview { image { url } } }
      variants(first: 250) {
        nodes {
          id title sku price compareAtPrice availableForSale
          selectedOptions { name value }
          inventoryItem { unitCost { amount currencyCode } }
        }
        pageInfo { hasNextPage endCursor }
      }
      collections(first: 100) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Further variants of one product. */
export const PRODUCT_VARIANTS = operation<
  { id: string; after: string },
  { product: { variants: Page<VariantNode> } | null }
>(`#graphql
  query ProductVariants($id: ID!, $after: String!) {
    product(id: $id) {
      variants(first: 250, after: $after) {
        nodes {
          id title sku price compareAtPrice availableForSale
          selectedOptions { name value }
          inventoryItem { unitCost { amount currencyCode } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Further collections of one product. */
export const PRODUCT_COLLECTIONS = operation<
  { id: string; after: string },
  { product: { collections: Page<{ id: string }> } | null }
>(`#graphql
  query ProductCollections($id: ID!, $after: String!) {
    product(id: $id) {
      collections(first: 250, after: $after) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);
