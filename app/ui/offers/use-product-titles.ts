import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import type { MoneyView } from "../../views/money-view.ts";

/** A product as the pickers know it. */
export interface NamedProduct {
  productId: string;
  title: string;
  /** Its lowest price in the shop's currency; null where it has none. */
  price: MoneyView | null;
  /** What one unit at that price costs the shop; null where it is not known. */
  cost?: MoneyView | null;
  /** Whether shoppers can buy it now; absent where it was found by words. */
  forSale?: boolean;
}

/** Where products are found, by words or by ids. */
export const PRODUCTS = "/app/products";

/** Products by id, as far as the shop has them; asked for when the ids change. */
export function useNamedProducts(ids: readonly string[]): ReadonlyMap<string, NamedProduct> {
  return useAnsweredProducts(ids) ?? new Map();
}

/** The same, or null before the shop has answered for the first time: nothing is known to be gone then. */
export function useAnsweredProducts(ids: readonly string[]): ReadonlyMap<string, NamedProduct> | null {
  const { load, data } = useFetcher<{ products: NamedProduct[] }>({ key: `product-titles:${useId()}` });
  const numbers = ids.map((id) => id.slice(id.lastIndexOf("/") + 1)).join(" ");
  useEffect(() => {
    if (numbers !== "") load(`${PRODUCTS}?ids=${encodeURIComponent(numbers)}`);
  }, [numbers, load]);
  return data === undefined ? null : new Map(data.products.map((one) => [one.productId, one]));
}

/** The same, but their titles alone. */
export function useProductTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...useNamedProducts(ids)].map(([id, { title }]) => [id, title]));
}
