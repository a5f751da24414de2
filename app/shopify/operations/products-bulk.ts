/** Every product with its variants and collections, for a bulk operation. */
export const PRODUCTS_BULK = `#graphql
  query ProductsBulk {
    products {
      edges {
        node {
          id title handle status vendor productType tags publishedAt updatedAt isGiftCard
          featuredMedia { preview { image { url } } }
          variants {
            edges {
              node {
                id title sku price compareAtPrice availableForSale
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
