import { toHundredths } from "../../../app/domain/money/hundredths.ts";
import type { StoreContext } from "../shop/state.ts";
import { addToCart, annotateCart, type CartRefusal, changeLine, findLine, setDiscountCodes } from "./change-cart.ts";
import { priceCart } from "./price-cart.ts";
import type { PricedCart } from "./priced-cart.ts";
import { asCount, asList, asText, type Body, type BodyValue, MalformedBody, readBody } from "./request-body.ts";
import { cartCookie, json } from "./responses.ts";
import { cartFor } from "./shop-session.ts";
import type { Cart } from "./cart.ts";
import type { Visitor } from "./visitor.ts";

/**
 * What `Shopify.actions` reads and changes the cart with. At Shopify that is the Storefront API; here it is an address
 * of its own with the same outcomes, so that no script of a page takes it for a call of the Ajax API.
 */

interface UserError {
  code: string;
  field: string[];
  message: string;
}

const CODES: Record<CartRefusal["code"], string> = {
  "unknown-variant": "INVALID_MERCHANDISE_LINE",
  "sold-out": "MERCHANDISE_NOT_APPLICABLE",
  "too-many": "MAXIMUM_EXCEEDED",
  "unknown-line": "INVALID_MERCHANDISE_LINE",
  "unknown-plan": "SELLING_PLAN_NOT_APPLICABLE",
  "plan-required": "VARIANT_REQUIRES_SELLING_PLAN",
  "unknown-parent": "INVALID",
  "too-few": "MINIMUM_NOT_MET",
  malformed: "INVALID",
};

/** The part of a global id, or of a bare id, that this store knows things by. */
function bareId(value: BodyValue | undefined): string {
  const id = (asText(value) ?? "").split("?")[0]!;
  return id.startsWith("gid://") ? id.slice(id.lastIndexOf("/") + 1) : id;
}

function attributesOf(value: BodyValue | undefined): Record<string, string> {
  return Object.fromEntries((asList(value) as Body[]).map(({ key, value: text }) => [String(key), String(text ?? "")]));
}

function addLines(context: StoreContext, visitor: Visitor, cart: Cart, lines: Body[]): CartRefusal | null {
  if (lines.length === 0) return null;
  const added = addToCart(
    context,
    visitor,
    cart,
    lines.map((line) => ({
      variantId: bareId(line.merchandiseId),
      quantity: asCount(line.quantity, 1),
      properties: attributesOf(line.attributes),
      sellingPlanId: bareId(line.sellingPlanId) || null,
    })),
  );
  return added.ok ? null : added.refusal;
}

function changeLines(context: StoreContext, cart: Cart, lines: Body[]): CartRefusal | null {
  for (const line of lines) {
    const known = findLine(cart, bareId(line.id), null);
    const changed = changeLine(context, cart, known?.key ?? "", {
      ...(line.quantity === undefined ? {} : { quantity: asCount(line.quantity, 1) }),
      ...(line.attributes === undefined ? {} : { properties: attributesOf(line.attributes) }),
    });
    if (!changed.ok) return changed.refusal;
  }
  return null;
}

/** Changes the cart as a payload says. Nothing after the first refusal is done. */
function update(context: StoreContext, visitor: Visitor, cart: Cart, body: Body): UserError[] {
  const lines = asList(body.lines) as Body[];
  const refusal =
    addLines(
      context,
      visitor,
      cart,
      lines.filter((line) => line.id === undefined),
    ) ??
    changeLines(
      context,
      cart,
      lines.filter((line) => line.id !== undefined),
    );
  if (refusal) return [{ code: CODES[refusal.code], field: ["lines"], message: refusal.description }];
  if (body.note !== undefined || body.attributes !== undefined) {
    annotateCart(context, cart, asText(body.note), attributesOf(body.attributes));
  }
  if (body.discountCodes !== undefined) setDiscountCodes(context, cart, asList(body.discountCodes).map(String));
  return [];
}

function money(amountMinor: number, currency: string) {
  const units = toHundredths({ amountMinor, currency }) / 100;
  return { amount: Number.isInteger(units) ? units.toFixed(1) : String(units), currencyCode: currency };
}

/** A cart as the Storefront API has it; null for one that nothing was ever put into. */
function summary(priced: PricedCart) {
  const { cart, currency } = priced;
  if (cart.lines.length === 0 && cart.note === "") return null;
  return {
    id: `gid://shopify/Cart/${cart.token}`,
    totalQuantity: priced.itemCount,
    cost: { totalAmount: money(priced.totalMinor, currency) },
    lines: priced.lines.map(({ line, finalMinor }) => ({
      id: `gid://shopify/CartLine/${line.key}?cart=${cart.token}`,
      quantity: line.quantity,
      cost: { totalAmount: money(finalMinor, currency) },
    })),
    discountCodes: priced.codes.map(({ code, state }) => ({ code, applicable: state === "applied" })),
  };
}

/** `GET` gives the cart; `POST` changes it first and says what was refused. */
export async function handleStandardActions(
  request: Request,
  context: StoreContext,
  visitor: Visitor,
): Promise<Response> {
  const cart = cartFor(context, visitor.cartToken);
  const cookie = cartCookie(cart.token);
  if (request.method !== "POST") {
    return json({ cart: summary(await priceCart(context, visitor, cart)) }, 200, cookie);
  }
  try {
    const body = await readBody(request);
    const userErrors = update(context, visitor, cart, body);
    const priced = await priceCart(context, visitor, cart);
    return json({ cart: summary(priced), userErrors, warnings: [] }, 200, cookie);
  } catch (error) {
    if (error instanceof MalformedBody) return json({ message: error.message }, 400);
    throw error;
  }
}
