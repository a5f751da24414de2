import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import type { MoneyView } from "../../views/money-view.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readProductGroups } from "../../persistence/catalogue/product-pages.ts";
import { type CatalogueEntry, readCatalogue, searchCatalogue } from "../../persistence/catalogue/products.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

const MOST_FOUND = 20;

/** Products for the pin picker: by a part of their title, vendor, type or SKU, best sellers first. */
export function searchProducts(
  shop: ShopDomain,
  text: string,
  context: FlowContext,
): Promise<{ productId: ProductId; title: string; imageUrl: string | null; price: MoneyView | null }[]> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const found = await searchCatalogue(tx, text.trim(), MOST_FOUND);
    return found.map((entry) => ({
      ...{ productId: entry.id, title: entry.title, imageUrl: entry.imageUrl },
      price: priceOf(entry, currency),
    }));
  });
}

interface NamedProduct {
  readonly productId: ProductId;
  readonly title: string;
  readonly price: MoneyView | null;
  readonly cost: MoneyView | null;
  readonly forSale: boolean;
}

/** Products by their ids with their lowest price, its cost, and whether shoppers can buy them; those that are gone are left out. */
export function productsByIds(
  shop: ShopDomain,
  ids: readonly ProductId[],
  context: FlowContext,
): Promise<NamedProduct[]> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const entries = await readCatalogue(tx, ids);
    return ids.flatMap((id) => {
      const entry = entries.get(id);
      if (entry === undefined) return [];
      const { title, published, inStock } = entry;
      const money = { price: priceOf(entry, currency), cost: costOf(entry, currency) };
      return [{ productId: id, title, ...money, forSale: published && inStock }];
    });
  });
}

function priceOf({ priceMinor }: CatalogueEntry, currency: string): MoneyView | null {
  return priceMinor === null ? null : { amountMinor: priceMinor, currency };
}

function costOf({ priceMinor, costShare }: CatalogueEntry, currency: string): MoneyView | null {
  if (priceMinor === null || costShare === null) return null;
  return { amountMinor: Math.round(priceMinor * costShare), currency };
}

/** The vendors and the types that the shop's products have, for filters. */
export function readGroups(shop: ShopDomain, context: FlowContext): Promise<{ vendors: string[]; types: string[] }> {
  return inShop(context.database, shop, readProductGroups);
}
