import { useEffect, useState } from "preact/hooks";
import type { CartSuggestion } from "./domain.ts";
import { readSuggestedProducts, type StorefrontQuery, type SuggestedProduct } from "./product-details.ts";

/** Whom suggestions are looked up for. */
export interface Buyer {
  readonly currency: string;
  readonly country: string | null;
  readonly language: string;
}

/**
 * The suggestions as the shop sells them now; empty until known. Looked up again when the ranking or the buyer changes,
 * and whenever `occasion` does.
 */
export function useSuggestions(
  query: StorefrontQuery,
  ranked: readonly CartSuggestion[],
  buyer: Buyer,
  occasion = 0,
): SuggestedProduct[] {
  const [products, setProducts] = useState<SuggestedProduct[]>([]);
  // Both are made anew at each rendering; as text they are equal while they say the same.
  const asked = JSON.stringify({ ranked, buyer, occasion });
  useEffect(() => {
    let current = true;
    const question = JSON.parse(asked) as { ranked: CartSuggestion[]; buyer: Buyer };
    void readSuggestedProducts(query, question.ranked, question.buyer).then((found) => {
      if (current) setProducts(found);
    });
    return () => {
      current = false;
    };
  }, [asked, query]);
  return products;
}
