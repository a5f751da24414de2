import { handleCheckout } from "../checkout/checkout-routes.ts";
import type { StoreContext } from "../shop/state.ts";
import { handleAccount } from "./account.ts";
import { handleAdminFrame } from "../admin/admin-frame.ts";
import { handleAppProxy } from "./app-proxy.ts";
import { handleCart } from "./cart-routes.ts";
import { handlePixels } from "../pixel/pixels-on-page.ts";
import { handleFiles } from "./files.ts";
import { localize, storefrontPage } from "./pages.ts";
import { handleProducts } from "./product-routes.ts";
import { readBody } from "./request-body.ts";
import { handleStandardActions } from "./standard-actions.ts";
import { handleStorefrontGraphql } from "./storefront-graphql.ts";
import { readVisitor } from "./visitor.ts";

/**
 * The half of the dev store that shoppers and staff see: the Online Store with the app's theme blocks, cart, checkout
 * and thank-you pages with the app's extension, the app proxy, and the admin frame. Null for what is not its own:
 * the Admin API, bulk files and the control API.
 */
export async function handleStorefront(request: Request, context: StoreContext): Promise<Response | null> {
  const url = new URL(request.url);
  const { pathname } = url;
  const asset = (await handlePixels(context, pathname)) ?? handleFiles(context, pathname);
  if (asset) return asset;
  if (pathname === "/admin" || pathname.startsWith("/admin/") || pathname === "/__id-token") {
    return handleAdminFrame(request, context);
  }
  const visitor = readVisitor(request, context.shop);
  const { path } = visitor;
  if (path === "/__standard-actions") return handleStandardActions(request, context, visitor);
  if (pathname.startsWith("/__")) return null;
  if (path.startsWith("/apps/")) return handleAppProxy(request, context, visitor);
  if (/^\/api\/[\w-]+\/graphql\.json$/.test(path)) return handleStorefrontGraphql(request, context, visitor);
  if (path === "/checkout" || path.startsWith("/checkout/")) return handleCheckout(request, context, visitor);
  if (path === "/localization" && request.method === "POST") {
    return localize(context, visitor, await readBody(request));
  }
  const account = await handleAccount(context, visitor, request);
  if (account) return account;
  const cart = await handleCart(context, visitor, request);
  if (cart) return cart;
  if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 404 });
  return handleProducts(context, visitor, url) ?? storefrontPage(context, visitor, url);
}
