import type { AppLoadContext } from "@remix-run/node";
import { type ShopDomain, shopDomain } from "../domain/ids.ts";
import type { FlowContext } from "../flows/context.ts";
import { ensureInstalled } from "../flows/shop/ensure-installed.ts";

/**
 * The shop whose admin a request comes from, signed in and installed. Throws the package's own answer where the
 * session token is missing, wrong or stale.
 */
export async function signedInShop(request: Request, context: AppLoadContext): Promise<ShopDomain> {
  return (await signedInStaff(request, context)).shop;
}

/** Shopify's ids of staff are numbers that a bigint of the database holds. */
const USER_ID = /^\d{1,18}$/;

/** The shop as {@link signedInShop} gives it, and what flows work with on behalf of the member of staff who asks. */
export async function signedInStaff(
  request: Request,
  context: AppLoadContext,
): Promise<{ shop: ShopDomain; flows: FlowContext }> {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const shop = shopDomain(session.shop);
  await ensureInstalled(shop, context.flows);
  const user = sessionToken?.sub ?? "";
  return { shop, flows: { ...context.flows, staff: USER_ID.test(user) ? user : null } };
}
