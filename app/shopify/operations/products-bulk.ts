import type { MetafieldName, MetafieldNode } from "./metafield-definitions.ts";
import type { ProductNode } from "./product.ts";

/** A product as {@link productsBulkWith} asks for it: with its metafields, in the order of their names. */
export type BulkProductNode = ProductNode & { readonly [metafield: `metafield${number}`]: MetafieldNode | null } & {
  /** What this app has published of the product, where that was asked for. */
  readonly ownOffers?: { readonly value: string } | null;
  /** What version 1 published. */
  readonly ownOffer?: { readonly value: string } | null;
  readonly ownListings?: { readonly value: string } | null;
};

/** Every product with its variants and collections. */
const PRODUCTS_BULK = `#graphql
  query ProductsBulk {
    products {
      edges {
        node {
          id title handle status vendor productType tags publishedAt updatedAt isGiftCard
          hasVariantsThatRequiresComponents
          sellingPlanGroupsCount { count }
          category { fullName }
          options { name values }
          # (metafields)
          featuredMedia { preview { image { url } } }
          variants {
            edges {
              node {
                id title sku price compareAtPrice availableForSale
                selectedOptions { name value }
                inventoryItem { unitCost { amount currencyCode } }
              }
            }
          }
          collections { edges { node { id } } }
        }
      }
    }
  }
`;

/** What a shop's metafields take the place of. */
const PLACE = "# (metafields)";
const NAME = /^[\w-]{2,255}$/;

const OWN_METAFIELDS = `ownOffers: metafield(namespace: "$app", key: "offers") { value }
  ownOffer: metafield(namespace: "$app", key: "offer") { value }
  ownListings: metafield(namespace: "$app", key: "listed") { value }`;

/**
 * Every product with its variants, its collections and these metafields, for a bulk operation. Each is asked for by its
 * name: a connection would bring those of every app, on lines of their own. `withOwn` asks for what this app has published
 * of each product as well. Throws for what cannot be a name.
 */
export function productsBulkWith(metafields: readonly MetafieldName[], { withOwn = false } = {}): string {
  const fields = metafields.map(({ namespace, key }, n) => {
    if (!NAME.test(namespace) || !NAME.test(key)) throw new Error(`Not a metafield's name: ${namespace}.${key}`);
    return `metafield${n}: metafield(namespace: "${namespace}", key: "${key}") { key type value definition { name } }`;
  });
  return PRODUCTS_BULK.replace(PLACE, () => [...fields, ...(withOwn ? [OWN_METAFIELDS] : [])].join("\n"));
}

/** The metafields of a product that has any of those asked for. */
export function metafieldsOf(node: BulkProductNode): MetafieldNode[] {
  const found: MetafieldNode[] = [];
  for (let n = 0; `metafield${n}` in node; n++) {
    const metafield = node[`metafield${n}`] ?? null;
    if (metafield !== null) found.push(metafield);
  }
  return found;
}
