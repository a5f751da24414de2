import type { AppLoadContext } from "@remix-run/node";
import { type ShopDomain, shopDomain } from "../domain/ids.ts";
import { ensureInstalled } from "../flows/shop/ensure-installed.ts";

/**
 * The shop whose admin a request comes from, signed in and installed. Throws the package's own answer where the
 * session token is missing, wrong or stale.
 */
export async function signedInShop(request: Request, context: AppLoadContext): Promise<ShopDomain> {
  const { session } = await context.shopify.authenticate.admin(request);
  const shop = shopDomain(session.shop);
  await ensureInstalled(shop, context.flows);
  return shop;
}
