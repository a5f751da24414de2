import { useEffect, useState } from "preact/hooks";
import { bareId } from "./app-metafields.ts";
import { languageCode, type StorefrontQuery } from "./product-details.ts";
import type { Buyer } from "./use-suggestions.ts";

/** What rewards need to know of a product in the cart, or of one that is given free. */
export interface GoalProduct {
  readonly title: string;
  readonly isGiftCard: boolean;
  /** The variant that is added where it is given free; null where it is not for sale. */
  readonly variantId: string | null;
}

export const GOAL_PRODUCTS_QUERY = `query GoalProducts($ids: [ID!]!, $country: CountryCode, $language: LanguageCode)
@inContext(country: $country, language: $language) {
  nodes(ids: $ids) {
    ... on Product {
      id
      title
      isGiftCard
      selectedOrFirstAvailableVariant { id availableForSale }
    }
  }
}`;

interface GoalProductNode {
  id: string;
  title: string;
  isGiftCard: boolean;
  selectedOrFirstAvailableVariant: { id: string; availableForSale: boolean } | null;
}

/** What rewards need to know of these products, by their numbers; null until it is known, and where Shopify does not answer. */
export function useGoalProducts(
  query: StorefrontQuery,
  products: readonly string[],
  { country, language }: Pick<Buyer, "country" | "language">,
): ReadonlyMap<string, GoalProduct> | null {
  const [known, setKnown] = useState<ReadonlyMap<string, GoalProduct> | null>(null);
  const ids = [...new Set(products)].sort().join(" ");
  useEffect(() => {
    let isCurrent = true;
    if (ids !== "") {
      void readGoalProducts(query, ids.split(" "), { country, language }).then((found) => {
        if (isCurrent) setKnown(found);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [query, ids, country, language]);
  return known;
}

async function readGoalProducts(
  query: StorefrontQuery,
  products: readonly string[],
  { country, language }: Pick<Buyer, "country" | "language">,
): Promise<ReadonlyMap<string, GoalProduct> | null> {
  const variables = {
    ids: products.map((product) => `gid://shopify/Product/${product}`),
    country,
    language: languageCode(language),
  };
  const answer = await query(GOAL_PRODUCTS_QUERY, { variables }).catch(() => null);
  const nodes = (answer?.data as { nodes?: (Partial<GoalProductNode> | null)[] } | undefined)?.nodes;
  if (nodes === undefined) return null;
  return new Map(
    nodes.flatMap((node): [string, GoalProduct][] => {
      if (node?.id === undefined) return [];
      const { id, title, isGiftCard, selectedOrFirstAvailableVariant: variant } = node as GoalProductNode;
      return [[bareId(id), { title, isGiftCard, variantId: variant?.availableForSale === true ? variant.id : null }]];
    }),
  );
}
