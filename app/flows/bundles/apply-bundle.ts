import type { ShopDomain } from "../../domain/ids.ts";
import { bundlePriceMinor } from "../../domain/offers/types/fixed-bundle/bundle-price.ts";
import type { MadeBundle } from "../../domain/offers/types/fixed-bundle/published.ts";
import type { AdminClient } from "../../shopify/client/admin-client.ts";
import {
  costApart,
  publishInStore,
  readPriceLists,
  setFixedPrice,
  setPrice,
  setProduct,
} from "../../shopify/publisher/bundle-product.ts";
import type { WantedBundle } from "./wanted-bundle.ts";

/**
 * Gives the product of a bundle its title, prices and status. A product that is not for sale yet is put on sale only once
 * it has its prices. Each market with a price list of its own gets the amount set for its currency, or the percentage off
 * what the components cost there; any other price is Shopify's own. Where a component is gone, prices stay as they are.
 * False where the merchant has deleted the product.
 */
export async function applyBundle(
  client: AdminClient,
  shop: ShopDomain,
  wanted: WantedBundle,
  { made, forSale }: { readonly made: MadeBundle; readonly forSale: boolean },
): Promise<boolean> {
  const { title, status, priceMinor, currency, parts } = wanted;
  const { product } = made;
  if (status !== "ACTIVE" || priceMinor === null || parts === null) {
    return setProduct(client, shop, { product, title, status });
  }
  if (!(await setProduct(client, shop, { product, title, status: forSale ? "ACTIVE" : "DRAFT" }))) return false;
  await setPrice(client, shop, made, { amountMinor: priceMinor, currency });
  await setMarketPrices(client, shop, wanted, made);
  if (forSale) return true;
  await publishInStore(client, shop, product);
  return setProduct(client, shop, { product, title, status });
}

async function setMarketPrices(
  client: AdminClient,
  shop: ShopDomain,
  { offer: { reward }, parts, currency: ofShop }: WantedBundle,
  made: MadeBundle,
): Promise<void> {
  for (const list of await readPriceLists(client, shop)) {
    const { country, currency } = list;
    const isSet = reward?.kind === "fixed-price";
    // A set price in the shop's currency is the product's own there.
    if (isSet && currency === ofShop) continue;
    const apart = isSet || country === null ? 0 : await costApart(client, shop, parts ?? [], { country, currency });
    const price = apart === null || (!isSet && country === null) ? null : bundlePriceMinor(reward, apart, currency);
    if (price !== null) await setFixedPrice(client, shop, list, { variant: made.variant, amountMinor: price });
  }
}
