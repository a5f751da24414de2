import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import type { StoreContext } from "../shop/state.ts";
import { addToCart, annotateCart, type CartChange, changeLine, findLine } from "../storefront/change-cart.ts";
import { asList, asText, asTexts, type Body, MalformedBody, readBody } from "../storefront/request-body.ts";
import { cartCookie, file, html, json } from "../storefront/responses.ts";
import { cartFor, sessionOf } from "../storefront/shop-session.ts";
import type { Cart } from "../storefront/cart.ts";
import type { Visitor } from "../storefront/visitor.ts";
import { safeJson } from "../theme/engine/filters.ts";
import { bundleExtension, type CheckoutExtension, findCheckoutExtension } from "./checkout-extension.ts";
import { readCheckout } from "./checkout-state.ts";
import { type ExtensionState, extensionState } from "./extension-state.ts";

function extensionAt(context: StoreContext, target: string): CheckoutExtension | null {
  if (!context.shop.installation.installed) return null;
  return findCheckoutExtension(context.extensionsDir ?? EXTENSIONS_DIR, target);
}

/** The place of an extension on a page: a frame of its own, or nothing where no extension has the target. */
export function extensionSlot(context: StoreContext, visitor: Visitor, target: string, token: string | null): string {
  const extension = extensionAt(context, target);
  if (!extension) return "";
  const query = new URLSearchParams({ target, ...(token === null ? {} : { token }) });
  return `<div class="slot empty" data-target="${target}"><iframe class="extension" title="${extension.handle}" scrolling="no" src="${visitor.prefix}/checkout/extension?${query.toString().replaceAll("&", "&amp;")}"></iframe></div>`;
}

async function stateFor(
  context: StoreContext,
  visitor: Visitor,
  extension: CheckoutExtension,
  target: string,
  token: string | null,
): Promise<ExtensionState | null> {
  if (token === null) {
    const checkout = await readCheckout(context, visitor, cartFor(context, visitor.cartToken), null);
    return extensionState(context, visitor, extension, target, checkout, null);
  }
  const placed = sessionOf(context.shop).placed.get(token);
  if (!placed) return null;
  const { id, name } = placed.order;
  const { locale, prefix, consent } = visitor;
  const seen = { ...placed.visitor, locale, prefix, consent };
  return extensionState(context, seen, extension, target, placed.checkout, { id, name, token });
}

/** The page inside a slot, and the script it runs. */
export async function extensionFrame(context: StoreContext, visitor: Visitor, url: URL): Promise<Response> {
  const target = url.searchParams.get("target") ?? "";
  const extension = extensionAt(context, target);
  if (!extension) return new Response("Not Found", { status: 404 });
  if (url.searchParams.has("script"))
    return file(await bundleExtension(extension, target), "text/javascript; charset=utf-8");
  const state = await stateFor(context, visitor, extension, target, url.searchParams.get("token"));
  if (!state) return new Response("Not Found", { status: 404 });
  const script = `?${new URLSearchParams({ target, script: "1" }).toString().replaceAll("&", "&amp;")}`;
  return html(
    `<!doctype html><html lang="${visitor.locale}"><head><meta charset="utf-8"><title>${extension.handle}</title>` +
      `<script>window.__state = ${safeJson(state)};</script><link rel="stylesheet" href="/checkout/assets/extension.css"></head>` +
      `<body><script type="module" src="${script}"></script></body></html>`,
  );
}

const numberOf = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);

function attributesOf(value: Body[string] | undefined): Record<string, string> {
  const pairs = asList(value).map((each) => asTexts(each));
  return Object.fromEntries(pairs.map(({ key, value: text }) => [key ?? "", text ?? ""]));
}

function changeLines(context: StoreContext, visitor: Visitor, cart: Cart, change: Body): CartChange<unknown> {
  if (change.type === "addCartLine") {
    const item = {
      variantId: numberOf(asText(change.merchandiseId) ?? ""),
      quantity: Number(change.quantity ?? 1),
      properties: attributesOf(change.attributes),
      sellingPlanId: change.sellingPlanId ? numberOf(asText(change.sellingPlanId) ?? "") : null,
    };
    return addToCart(context, visitor, cart, [item]);
  }
  const line = findLine(cart, numberOf(asText(change.id) ?? ""), null);
  const key = line?.key ?? "";
  if (change.type === "removeCartLine") {
    return changeLine(context, cart, key, {
      quantity: Math.max(0, (line?.quantity ?? 0) - Number(change.quantity ?? 1)),
    });
  }
  return changeLine(context, cart, key, {
    ...(change.quantity === undefined ? {} : { quantity: Number(change.quantity) }),
    ...(change.attributes === undefined ? {} : { properties: attributesOf(change.attributes) }),
  });
}

function applyChange(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  name: string,
  change: Body,
): CartChange<unknown> {
  if (name === "lines") return changeLines(context, visitor, cart, change);
  const attributes: Record<string, string> = {};
  if (name === "attributes")
    attributes[asText(change.key) ?? ""] = change.type === "removeAttribute" ? "" : (asText(change.value) ?? "");
  annotateCart(context, cart, name === "note" ? (asText(change.note) ?? "") : null, attributes);
  return { ok: true, value: null };
}

/**
 * What an extension's `apply…Change` calls reach: changes the buyer's cart, answers with the new state. `state` just
 * reads it. A refused change answers `{ error }`, and the cart is as it was.
 */
export async function handleExtensionCall(
  request: Request,
  context: StoreContext,
  visitor: Visitor,
  name: string,
): Promise<Response> {
  if (request.method !== "POST" || !["lines", "attributes", "note", "state", "session-token"].includes(name)) {
    return new Response("Not Found", { status: 404 });
  }
  if (name === "session-token") return json({ token: context.sessionToken() });
  try {
    const { target, change } = await readBody(request);
    const extension = extensionAt(context, asText(target) ?? "");
    if (!extension) return new Response("Not Found", { status: 404 });
    const cart = cartFor(context, visitor.cartToken);
    if (name !== "state") {
      const changed = applyChange(
        context,
        visitor,
        cart,
        name,
        (typeof change === "object" && !Array.isArray(change) && change) || {},
      );
      if (!changed.ok) return json({ error: changed.refusal.description });
    }
    const seen = { ...visitor, cartToken: cart.token };
    const state = await stateFor(context, seen, extension, asText(target)!, null);
    return json({ state }, 200, cartCookie(cart.token));
  } catch (error) {
    if (error instanceof MalformedBody) return json({ error: error.message }, 400);
    throw error;
  }
}
