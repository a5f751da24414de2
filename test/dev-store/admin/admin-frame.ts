import { createHmac } from "node:crypto";
import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import type { StoreContext } from "../shop/state.ts";
import { checkoutTargets } from "../checkout/checkout-extension.ts";
import { blockActivations } from "../theme/engine/activations.ts";
import { themeDirOf } from "../theme/engine/theme-of.ts";
import { ordersBody, refundFromForm } from "./admin-orders.ts";
import { type AdminPage, adminShell, appPage } from "./admin-shell.ts";
import { adminTexts } from "./admin-texts.ts";
import { productsIn } from "../storefront/catalog.ts";
import { escapeHtml, html, json, redirect, safePath } from "../storefront/responses.ts";
import { makeToken } from "../storefront/shop-session.ts";
import { homeVisitor, type Locale, readCookies, viewOf } from "../storefront/visitor.ts";

const APP_PATH = "/admin/apps/tsuide";

/** Hex HMAC-SHA256 with which Shopify signs the address it opens an app at: sorted parameters, joined by `&`. */
export function launchHmac(params: URLSearchParams, secret: string): string {
  const pairs = [...params].filter(([key]) => key !== "hmac").map(([key, value]) => `${key}=${value}`);
  return createHmac("sha256", secret).update(pairs.sort().join("&")).digest("hex");
}

/** The address of the app's page inside the frame, as Shopify opens it: embedded, signed, with a session token. */
export function launchUrl(context: StoreContext, locale: Locale, path: string, search: URLSearchParams): string {
  const url = new URL(path || "/", context.app.url);
  for (const [key, value] of search) url.searchParams.append(key, value);
  const store = context.shop.domain.replace(".myshopify.com", "");
  url.searchParams.set("embedded", "1");
  url.searchParams.set("shop", context.shop.domain);
  url.searchParams.set("host", Buffer.from(`admin.shopify.com/store/${store}`).toString("base64").replace(/=+$/, ""));
  url.searchParams.set("locale", locale);
  url.searchParams.set("session", "7b1d9e4c2f");
  url.searchParams.set("id_token", context.sessionToken());
  url.searchParams.set("timestamp", String(Math.floor(context.now() / 1000)));
  url.searchParams.set("hmac", launchHmac(url.searchParams, context.app.apiSecret));
  return url.toString();
}

function adminLocale(request: Request, context: StoreContext): Locale {
  const kept = readCookies(request).get("admin_locale");
  return kept === "en" || kept === "ja" ? kept : context.shop.locale;
}

function themePage(context: StoreContext, locale: Locale): AdminPage {
  const texts = adminTexts(locale);
  const product = productsIn(context.shop, "all", viewOf(context, homeVisitor(context.shop, null)))?.[0];
  const link = product
    ? `<a class="button button--primary" href="/products/${escapeHtml(product.handle)}">${texts.seeProduct}</a>`
    : "";
  return {
    place: "other",
    title: texts.themeTitle,
    body: `<div></div><div class="page"><div class="page__in"><h1>${texts.themeTitle}</h1><div class="card card--pad"><p>${texts.themeText}</p>${link}<a class="button" href="/cart">${texts.seeCart}</a></div></div></div>`,
  };
}

function otherPage(locale: Locale): AdminPage {
  const texts = adminTexts(locale);
  const body = `<div></div><div class="page"><div class="page__in"><div class="card card--pad"><p>${texts.notHere}</p><a class="button" href="${APP_PATH}">Tsuide</a></div></div></div>`;
  return { place: "other", title: texts.devStore, body };
}

async function refund(request: Request, context: StoreContext): Promise<Response> {
  const form = await request.formData().catch(() => null);
  const outcome = form && (await refundFromForm(context, form).catch(() => null));
  if (!outcome) return redirect("/admin/orders?note=failed");
  const note = outcome.done ? "refunded" : "failed";
  return redirect(
    `/admin/orders?note=${note}&order=${encodeURIComponent(outcome.name)}#${encodeURIComponent(outcome.name)}`,
  );
}

/** What App Bridge's `shopify.app.extensions()` tells: blocks with their place in the theme, checkout targets. */
function extensions(context: StoreContext): Response {
  const folder = context.extensionsDir ?? EXTENSIONS_DIR;
  return json([
    ...blockActivations({ themeDir: themeDirOf(context), extensionsDir: folder, embeds: context.embeds ?? [] }),
    ...checkoutTargets(folder),
  ]);
}

/**
 * What App Bridge's `shopify.scopes` asks its host for. A merchant can grant what the app declares as optional, and
 * take it back; what it needs at all cannot be taken back here.
 */
async function scopes(request: Request, context: StoreContext): Promise<Response> {
  const { required, optional } = context.declaredScopes;
  if (request.method === "POST") {
    if (request.headers.get("x-requested-with") !== "admin") return new Response(null, { status: 403 });
    const { grant = [], revoke = [] } = (await request.json()) as { grant?: string[]; revoke?: string[] };
    const { scopes: before } = context.shop.installation;
    const more = grant.filter((scope) => optional.includes(scope) && !before.includes(scope));
    const after = [...before, ...more].filter((scope) => !revoke.includes(scope) || !optional.includes(scope));
    if (after.join() !== before.join()) context.setScopes(after);
  }
  return json({ granted: context.shop.installation.scopes, required, optional });
}

/**
 * Shopify's admin around the embedded app: `/admin/apps/tsuide/<path of the app>`, the orders with their refunds, and
 * what App Bridge asks its host for. Null for the Admin API, which is not this half's.
 */
export async function handleAdminFrame(request: Request, context: StoreContext): Promise<Response | null> {
  const url = new URL(request.url);
  const { pathname } = url;
  const locale = adminLocale(request, context);
  if (pathname.startsWith("/admin/api/") || pathname.startsWith("/admin/oauth/")) return null;
  if (pathname === "/__id-token") {
    // A page of another origin cannot send this header without asking first, so it cannot fetch a token.
    if (request.headers.get("x-requested-with") !== "admin") return new Response(null, { status: 403 });
    return new Response(context.sessionToken(), {
      headers: { "content-type": "text/plain", "cache-control": "no-store" },
    });
  }
  if (pathname === "/admin" || pathname === "/admin/") return redirect(APP_PATH);
  if (pathname === "/admin/__extensions.json") return extensions(context);
  if (pathname === "/admin/__scopes.json") return scopes(request, context);
  if (pathname === "/admin/__locale") {
    const to = url.searchParams.get("to") === "ja" ? "ja" : "en";
    const cookie = `admin_locale=${to}; Path=/admin; Max-Age=31536000; SameSite=Lax`;
    return redirect(safePath(url.searchParams.get("return"), "/admin"), { "set-cookie": cookie });
  }
  if (pathname === "/admin/__consent" && request.method === "POST") {
    return redirect("/", { "set-cookie": "_tracking_consent=; Path=/; Max-Age=0; SameSite=Lax" });
  }
  if (pathname === "/admin/orders/refund" && request.method === "POST") return refund(request, context);
  const page = (given: AdminPage) => html(adminShell(context, locale, pathname + url.search, given));
  if (pathname === APP_PATH || pathname.startsWith(`${APP_PATH}/`)) {
    return page(
      appPage(
        launchUrl(context, locale, pathname.slice(APP_PATH.length), url.searchParams),
        `app-${makeToken(context)}`,
      ),
    );
  }
  if (pathname === "/admin/orders") {
    return page({ place: "orders", title: adminTexts(locale).orders, body: ordersBody(context, locale, url) });
  }
  return page(pathname.startsWith("/admin/themes/") ? themePage(context, locale) : otherPage(locale));
}
