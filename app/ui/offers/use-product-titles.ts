import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";

/** A product as the pickers know it. */
export interface NamedProduct {
  productId: string;
  title: string;
}

/** Where products are found, by words or by ids. */
export const PRODUCTS = "/app/products";

/** Titles of products by id, as far as the shop has them; asked for when the ids change. */
export function useProductTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const { load, data } = useFetcher<{ products: NamedProduct[] }>({ key: `product-titles:${useId()}` });
  const numbers = ids.map((id) => id.slice(id.lastIndexOf("/") + 1)).join(" ");
  useEffect(() => {
    if (numbers !== "") load(`${PRODUCTS}?ids=${encodeURIComponent(numbers)}`);
  }, [numbers, load]);
  return new Map((data?.products ?? []).map(({ productId, title }) => [productId, title]));
}
