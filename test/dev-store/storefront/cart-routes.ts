import type { StoreContext } from "../shop/state.ts";
import { cartShape, lineShape } from "./ajax-shapes.ts";
import {
  addToCart,
  annotateCart,
  type CartRefusal,
  changeLine,
  clearCart,
  findLine,
  type LineToAdd,
  setDiscountCodes,
} from "./change-cart.ts";
import { sectionsOn, storefrontPage } from "./pages.ts";
import { priceCart } from "./price-cart.ts";
import {
  asCount,
  asList,
  asText,
  asTexts,
  type Body,
  type BodyValue,
  MalformedBody,
  readBody,
} from "./request-body.ts";
import { cartCookie, json, redirect, safePath } from "./responses.ts";
import { cartFor } from "./shop-session.ts";
import type { Cart } from "./cart.ts";
import { readVisitor, type Visitor } from "./visitor.ts";

/** Shopify's Ajax cart, and the same addresses for plain forms. */

interface CartRequest {
  context: StoreContext;
  visitor: Visitor;
  cart: Cart;
  body: Body;
  request: Request;
  /** True where the answer is JSON: the address ends with `.js` or `.json`, or the caller asks for JSON. */
  wantsJson: boolean;
  isAdd: boolean;
}

type Outcome =
  { ok: true; answer: (priced: Awaited<ReturnType<typeof priceCart>>) => object } | { ok: false; refusal: CartRefusal };

const refusal = (code: CartRefusal["code"], status: number, message: string, description: string): Outcome => ({
  ok: false,
  refusal: { code, status, message, description },
});

function toAdd(item: Body): LineToAdd {
  const parentKey = asText(item.parent_line_key);
  const parentId = asText(item.parent_id);
  return {
    ...(parentKey ? { parent: { key: parentKey } } : parentId ? { parent: { variantId: parentId } } : {}),
    variantId: asText(item.id) ?? "",
    quantity: asCount(item.quantity, 1),
    properties: asTexts(item.properties),
    sellingPlanId: asText(item.selling_plan) || null,
  };
}

const isBody = (value: BodyValue): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function add({ context, visitor, cart, body }: CartRequest): Outcome {
  const several = body.items !== undefined;
  const items = several ? asList(body.items).filter(isBody).map(toAdd) : [toAdd(body)];
  if (items.length === 0 || items.some((item) => !/^\d+$/.test(item.variantId))) {
    return refusal(
      "malformed",
      400,
      "Required parameter missing or invalid: items",
      "Required parameter missing or invalid: items",
    );
  }
  const added = addToCart(context, visitor, cart, items);
  if (!added.ok) return added;
  const keys = added.value.map((line) => line.key);
  return {
    ok: true,
    answer(priced) {
      const shapes = keys.map((key) =>
        lineShape(
          context,
          visitor,
          priced.lines.find(({ line }) => line.key === key)!,
        ),
      );
      return several ? { items: shapes } : shapes[0]!;
    },
  };
}

const wholeCart = ({ context, visitor }: CartRequest): Outcome => ({
  ok: true,
  answer: (priced) => cartShape(context, visitor, priced),
});

function change(request: CartRequest): Outcome {
  const { context, cart, body } = request;
  const number = asText(body.line);
  const line = findLine(cart, asText(body.id), number === null ? null : Number(number));
  if (!line) return refusal("unknown-line", 400, "Bad Request", "no valid id or line parameter");
  const changed = changeLine(context, cart, line.key, {
    quantity: asCount(body.quantity, line.quantity),
    ...(body.properties === undefined ? {} : { properties: asTexts(body.properties) }),
    ...(body.selling_plan === undefined ? {} : { sellingPlanId: asText(body.selling_plan) || null }),
  });
  return changed.ok ? wholeCart(request) : changed;
}

function update(request: CartRequest): Outcome {
  const { context, visitor, cart, body } = request;
  const { updates } = body;
  const keys = cart.lines.map((line) => line.key);
  // A list, or form fields `updates[]`, go by position; an object goes by key or variant id.
  const byPosition =
    Array.isArray(updates) ||
    (isBody(updates ?? null) && Object.keys(updates as Body).every((key) => Number(key) < keys.length));
  const wanted: [string, BodyValue][] = byPosition
    ? asList(updates).map((quantity, index) => [keys[index] ?? "", quantity])
    : Object.entries(isBody(updates ?? null) ? (updates as Body) : {});
  for (const [id, quantity] of wanted) {
    const line = findLine(cart, id, null);
    const count = asCount(quantity, 0);
    if (line) {
      if (line.quantity === count) continue;
      const changed = changeLine(context, cart, line.key, { quantity: count });
      if (!changed.ok) return changed;
    } else if (/^\d+$/.test(id) && count > 0) {
      const item = { variantId: id, quantity: count, properties: {}, sellingPlanId: null };
      const added = addToCart(context, visitor, cart, [item]);
      if (!added.ok) return added;
    } else if (byPosition || id.includes(":")) {
      return refusal("unknown-line", 400, "Bad Request", "no valid id or line parameter");
    }
  }
  annotateCart(context, cart, asText(body.note), updatedAttributes(body));
  // All codes that are to be entered, separated by commas: none for an empty text.
  const codes = asText(body.discount);
  if (codes !== null) setDiscountCodes(context, cart, codes.split(","));
  return wholeCart(request);
}

/** Attributes keep an empty value here, because it removes the attribute. */
function updatedAttributes(body: Body): Record<string, string> {
  if (!isBody(body.attributes ?? null)) return {};
  return Object.fromEntries(Object.entries(body.attributes as Body).map(([key, value]) => [key, String(value ?? "")]));
}

function clear(request: CartRequest): Outcome {
  clearCart(request.context, request.cart);
  return wholeCart(request);
}

const ACTIONS: Record<string, (request: CartRequest) => Outcome> = { add, change, update, clear };

async function withSections(request: CartRequest, answer: object): Promise<object> {
  const { body, context, visitor } = request;
  const listed = typeof body.sections === "string" ? body.sections.split(",") : asList(body.sections).map(String);
  const ids = listed.map((id) => id.trim()).filter(Boolean);
  if (ids.length === 0) return answer;
  const referer = request.request.headers.get("referer");
  const fallback = referer ? new URL(referer).pathname + new URL(referer).search : "/";
  const url = new URL(safePath(asText(body.sections_url), fallback), request.request.url);
  const there = readVisitor(new Request(url, { headers: request.request.headers }), context.shop);
  const at = { ...there, cartToken: request.cart.token, market: visitor.market, currency: visitor.currency };
  return { ...answer, sections: await sectionsOn(context, at, url, ids) };
}

/** The refusal shown to a shopper who has no JavaScript: the cart page, with its status and words. */
async function refusedForm(request: CartRequest, { status, description }: CartRefusal): Promise<Response> {
  const { context, visitor } = request;
  const url = new URL(`${visitor.prefix}/cart`, request.request.url);
  const page = await storefrontPage(context, { ...visitor, path: "/cart" }, url);
  const note = `<div class="wrap"><p class="form-note" data-kind="error" role="alert">${description.replace(/</g, "&lt;")}</p></div>`;
  const text = (await page.text()).replace(/<main[^>]*>/, (open) => open + note);
  return new Response(text, { status, headers: page.headers });
}

async function respond(request: CartRequest, outcome: Outcome): Promise<Response> {
  const { context, visitor, cart, wantsJson, body, isAdd } = request;
  if (!outcome.ok) {
    const { status, message, description } = outcome.refusal;
    // Themes look for `errors` where a line could not be changed, and for `description` where none could be added.
    const refused = { status, message, description, ...(isAdd ? {} : { errors: description }) };
    return wantsJson ? json(refused, status) : refusedForm(request, outcome.refusal);
  }
  const cookie = cartCookie(cart.token);
  if (!wantsJson) return redirect(safePath(asText(body.return_to), `${visitor.prefix}/cart`), cookie);
  const priced = await priceCart(context, visitor, cart);
  return json(await withSections(request, outcome.answer(priced)), 200, cookie);
}

async function bodyOf(request: Request, url: URL): Promise<Body> {
  if (request.method === "POST") return readBody(request);
  const form = new URLSearchParams(url.search);
  return readBody(
    new Request(url, {
      method: "POST",
      body: form.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
  );
}

/** A link with a discount code, as merchants send it: it enters the code and leads on. */
function discountLink(context: StoreContext, visitor: Visitor, url: URL): Response | null {
  const code = /^\/discount\/([^/]+)$/.exec(visitor.path)?.[1];
  if (code === undefined) return null;
  const cart = cartFor(context, visitor.cartToken);
  setDiscountCodes(context, cart, [...cart.discountCodes, decodeURIComponent(code)]);
  const to = safePath(url.searchParams.get("redirect"), visitor.prefix || "/");
  return redirect(to, cartCookie(cart.token));
}

function permalink(context: StoreContext, visitor: Visitor, { searchParams }: URL): Response | null {
  const { path } = visitor;
  const items = /^\/cart\/(\d+:\d+(?:,\d+:\d+)*)$/.exec(path)?.[1];
  if (!items) return null;
  const cart = cartFor(context, null);
  const lines = items.split(",").map((item) => item.split(":") as [string, string]);
  const wanted = lines.map(([variantId, quantity]) => ({
    variantId,
    quantity: Number(quantity),
    properties: {},
    sellingPlanId: null,
  }));
  const added = addToCart(context, visitor, cart, wanted);
  setDiscountCodes(context, cart, (searchParams.get("discount") ?? "").split(","));
  return added.ok ? redirect(`${visitor.prefix}/checkout`, cartCookie(cart.token)) : redirect(`${visitor.prefix}/cart`);
}

/** Answers every address below `/cart` but the cart page itself, and links with a code; null for everything else. */
export async function handleCart(context: StoreContext, visitor: Visitor, request: Request): Promise<Response | null> {
  const url = new URL(request.url);
  const { path } = visitor;
  if (/^\/cart\.(js|json)$/.test(path)) {
    const cart = cartFor(context, visitor.cartToken);
    const shape = cartShape(context, visitor, await priceCart(context, visitor, cart));
    // Nobody is given a cart by looking: the answer would take the place of the cart that an addition makes meanwhile.
    return json(shape, 200, visitor.cartToken === null ? {} : cartCookie(cart.token));
  }
  const action = /^\/cart\/(add|change|update|clear)(\.js|\.json)?$/.exec(path);
  const isCartForm = path === "/cart" && request.method === "POST";
  if (!action && !isCartForm) {
    if (request.method !== "GET") return null;
    return discountLink(context, visitor, url) ?? permalink(context, visitor, url);
  }
  const accepts = /application\/(json|javascript)/.test(request.headers.get("accept") ?? "");
  const isScript = request.headers.get("x-requested-with") === "XMLHttpRequest";
  const sendsJson = (request.headers.get("content-type") ?? "").includes("application/json");
  const wantsJson = Boolean(action?.[2]) || accepts || isScript || sendsJson;
  if (action?.[2] && request.method !== "POST")
    return json({ status: 404, message: "Not Found", description: "Use POST" }, 404);
  const isAdd = action?.[1] === "add";
  try {
    const body = await bodyOf(request, url);
    const asked = { context, visitor, cart: cartFor(context, visitor.cartToken), body, request, wantsJson, isAdd };
    const outcome = ACTIONS[action?.[1] ?? "update"]!(asked);
    if (isCartForm && outcome.ok && body.checkout !== undefined) {
      return redirect(`${visitor.prefix}/checkout`, cartCookie(asked.cart.token));
    }
    return await respond({ ...asked, visitor: { ...visitor, cartToken: asked.cart.token } }, outcome);
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    return json({ status: 400, message: "Bad Request", description: error.message }, 400);
  }
}
