import { useEffect, useState } from "preact/hooks";
import type { CartSuggestion } from "./domain.ts";
import { readSuggestedProducts, type StorefrontQuery, type SuggestedProduct } from "./product-details.ts";

/** The suggestions as the shop sells them now; empty until known. Looked up again when the ranking changes. */
export function useSuggestions(
  query: StorefrontQuery,
  ranked: readonly CartSuggestion[],
  buyer: { currency: string; country: string | null; language: string },
): SuggestedProduct[] {
  const [products, setProducts] = useState<SuggestedProduct[]>([]);
  const key = JSON.stringify([ranked, buyer]);
  useEffect(() => {
    let current = true;
    void readSuggestedProducts(query, ranked, buyer).then((found) => {
      if (current) setProducts(found);
    });
    return () => {
      current = false;
    };
    // The key stands for everything that the answer depends on.
  }, [key]);
  return products;
}
