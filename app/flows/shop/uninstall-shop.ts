import { createHmac } from "node:crypto";
import { composition } from "../../composition.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { recordRedaction, type RedactionKind } from "../../persistence/customers/redactions.ts";
import { deleteSessions } from "../../persistence/shop/sessions.ts";
import { deleteShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/**
 * After an uninstall nothing of the shop is left here (T7): Shopify has removed our metafields' access, discount and
 * tokens on its side. Called any number of times, before or after Shopify's own request to forget the shop.
 */
export function uninstallShop(shop: ShopDomain, context: FlowContext = composition()): Promise<void> {
  return forgetShop(shop, "uninstall", context);
}

/** Shopify's request to forget a shop, 48 hours after its uninstall. */
export function redactShop(shop: ShopDomain, context: FlowContext = composition()): Promise<void> {
  return forgetShop(shop, "shop", context);
}

async function forgetShop(shop: ShopDomain, kind: RedactionKind, context: FlowContext): Promise<void> {
  const deleted = await inShop(context.database, shop, deleteShop);
  const rows = deleted + (await deleteSessions(context.database, shop));
  const shopHash = hashOfShop(shop, context.hashKey);
  await recordRedaction(context.database, { shopHash, kind, rows, doneAt: context.now() });
  context.log.info({ kind, rows }, "shop forgotten");
}

/** What a redaction is filed under: it can be looked up by who knows the shop, and tells nothing to who does not. */
export function hashOfShop(shop: ShopDomain, key: string): string {
  return createHmac("sha256", key).update(`shop/${shop}`).digest("base64url");
}
