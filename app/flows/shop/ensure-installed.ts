import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { installShop } from "./install-shop.ts";

/**
 * Installs a shop that is signed in and not known yet. At a first visit several loaders run side by side, and only
 * one of them waits for the install that follows the sign-in; a shop may also have signed in and failed to install.
 */
export async function ensureInstalled(shop: ShopDomain, context: FlowContext): Promise<void> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) await installShop(shop, context);
}
