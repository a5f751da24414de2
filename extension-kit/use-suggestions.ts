import { useEffect, useState } from "preact/hooks";
import type { CartSuggestion } from "./domain.ts";
import {
  LOOKED_UP,
  type ProductDetails,
  readProductDetails,
  type StorefrontQuery,
  type SuggestedProduct,
} from "./product-details.ts";

/** Whom suggestions are looked up for. */
export interface Buyer {
  readonly currency: string;
  readonly country: string | null;
  readonly language: string;
}

/** Details as they were found for one buyer. */
interface Found {
  readonly currency: string;
  readonly details: ReadonlyMap<string, ProductDetails>;
}
const NOTHING: Found = { currency: "", details: new Map() };

/**
 * The best-ranked suggestions as the shop sells them now, in their order; empty until known. Shopify is asked again when
 * other products are ranked, when the buyer's country, language or currency changes, and whenever `attempt` does.
 * Ranking and discounts are always those of the present cart; only the details can be of the last answer.
 */
export function useSuggestions(
  query: StorefrontQuery,
  ranked: readonly CartSuggestion[],
  { currency, country, language }: Buyer,
  attempt = 0,
): SuggestedProduct[] {
  const [found, setFound] = useState(NOTHING);
  const wanted = ranked.slice(0, LOOKED_UP);
  const ids = wanted.map(({ product }) => product).join(" ");
  useEffect(() => {
    let isCurrent = true;
    const products = ids === "" ? [] : ids.split(" ");
    void readProductDetails(query, products, { currency, country, language }).then((details) => {
      if (isCurrent) setFound({ currency, details });
    });
    return () => {
      isCurrent = false;
    };
  }, [query, ids, currency, country, language, attempt]);
  if (found.currency !== currency) return [];
  return wanted.flatMap((suggestion) => {
    const details = found.details.get(suggestion.product);
    return details === undefined ? [] : [{ ...suggestion, ...details }];
  });
}
