import { composition } from "../composition.ts";
import type { ShopDomain } from "../domain/ids.ts";
import { inShop } from "../persistence/in-shop.ts";
import { findShop, saveShop } from "../persistence/shops.ts";
import type { FlowContext } from "./context.ts";
import { enqueuePublish } from "./jobs.ts";
import { readShippingThresholds } from "./read-shipping-thresholds.ts";

/** Takes in what a merchant changed about the shop itself: name, currencies, timezone, scopes, shipping. */
export async function refreshShop(shop: ShopDomain, context: FlowContext = composition()): Promise<void> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) return;
  const { scopes, ...facts } = await context.gateway.shopDetails(shop);
  await inShop(context.database, shop, async (tx) => {
    await saveShop(tx, { ...facts, allOrders: scopes.includes("read_all_orders") }, context.now());
    await enqueuePublish(tx);
  });
  await readShippingThresholds(shop, context);
}
