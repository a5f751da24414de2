import type { ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { clearNotices } from "../../persistence/shop/notices.ts";
import { findShop } from "../../persistence/shop/shops.ts";
import { isRefusal } from "../../shopify/client/errors.ts";
import { ensurePixel } from "../../shopify/publisher/web-pixel.ts";
import type { FlowContext } from "../context.ts";
import { raiseNotice } from "../notices/raise-notice.ts";
import { eventToken } from "./event-token.ts";

/** Where the web pixel sends events, below the app's public address. */
export const EVENTS_PATH = "/events";

/**
 * Makes sure that the shop's web pixel runs, with the address and the token of the present install. Where Shopify refuses
 * it, staff see why: offers work without it, and only what shoppers do with them is not counted.
 */
export async function activatePixel(shop: ShopDomain, context: FlowContext): Promise<void> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) return;
  const settings = {
    token: eventToken(shop, known.installedAt, context.hashKey),
    endpoint: new URL(EVENTS_PATH, context.appUrl).href,
  };
  try {
    const { code } = await ensurePixel(context.gateway.client, shop, settings);
    await inShop(context.database, shop, (tx) => clearNotices(tx, ["pixel-refused"]));
    if (code !== "unchanged") context.log.info({ shop, outcome: code }, "web pixel activated");
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = error.message;
    context.log.warn({ shop, reason }, "web pixel refused");
    await raiseNotice(shop, "pixel-refused", { reason }, context);
  }
}
