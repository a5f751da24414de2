import { type ShopDomain, shopDomain } from "../domain/ids.ts";
import { ensureInstalled } from "../flows/shop/ensure-installed.ts";
import { authenticate } from "./shopify.server.ts";

/**
 * The shop whose admin a request comes from, signed in and installed. Throws the package's own answer where the
 * session token is missing, wrong or stale.
 */
export async function signedInShop(request: Request): Promise<ShopDomain> {
  const { session } = await authenticate.admin(request);
  const shop = shopDomain(session.shop);
  await ensureInstalled(shop);
  return shop;
}
