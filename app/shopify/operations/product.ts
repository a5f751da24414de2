import { operation } from "./operation.ts";

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
  readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string } | null } | null } | null;
}

export interface VariantNode {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly price: string;
  readonly compareAtPrice: string | null;
  readonly availableForSale: boolean;
  readonly inventoryItem: {
    readonly unitCost: { readonly amount: string; readonly currencyCode: string } | null;
  } | null;
}

/** One product with its variants and collections. */
export const PRODUCT = operation<
  { id: string },
  {
    product:
      | (ProductNode & {
          variants: { nodes: readonly VariantNode[] };
          collections: { nodes: readonly { id: string }[] };
        })
      | null;
  }
>(`#graphql
  query Product($id: ID!) {
    product(id: $id) {
      id title handle status vendor productType tags publishedAt updatedAt isGiftCard
      featuredMedia { preview { image { url } } }
      variants(first: 250) {
        nodes {
          id title sku price compareAtPrice availableForSale
          inventoryItem { unitCost { amount currencyCode } }
        }
      }
      collections(first: 100) { nodes { id } }
    }
  }
`);
