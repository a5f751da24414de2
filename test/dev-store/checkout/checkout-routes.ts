import { readFileSync } from "node:fs";
import type { DevDiscountAllocation, OrderDraft, StoreContext } from "../shop/state.ts";
import { sellableQuantity } from "../storefront/catalog.ts";
import { setDiscountCodes } from "../storefront/change-cart.ts";
import { asText, type Body, MalformedBody, readBody } from "../storefront/request-body.ts";
import { file, html, json, redirect } from "../storefront/responses.ts";
import { cartFor, makeToken, sessionOf } from "../storefront/shop-session.ts";
import type { Cart } from "../storefront/cart.ts";
import { planPriceMinor } from "../storefront/selling-plans.ts";
import { settle, type Visitor } from "../storefront/visitor.ts";
import { checkoutPage, deliveryHtml, summaryHtml, thankYouPage } from "./checkout-page.ts";
import { type Checkout, readCheckout } from "./checkout-state.ts";
import { checkoutTexts } from "./checkout-texts.ts";
import { extensionFrame, extensionSlot, handleExtensionCall } from "./extension-host.ts";

/** The order as the admin side takes it: shop currency throughout, line properties kept. */
function draftOf(context: StoreContext, visitor: Visitor, checkout: Checkout, checkoutToken: string): OrderDraft {
  const { shop } = context;
  const inShopCurrency = (amountMinor: number) => settle(amountMinor, shop, visitor.market);
  const discount = ({ amountMinor, title, code }: GivenDiscount): DevDiscountAllocation => ({
    ...{ amountMinor: inShopCurrency(amountMinor), paidMinor: amountMinor, title },
    ...(code === null ? {} : { code }),
  });
  return {
    lines: checkout.priced.lines.map(
      ({ line, product, variant, unitMinor, allocations, orderShares, sellingPlan }) => ({
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        sku: variant.sku,
        quantity: line.quantity,
        unitPriceMinor:
          sellingPlan !== null
            ? planPriceMinor(variant, sellingPlan)
            : visitor.market.prices?.has(variant.id) === true
              ? inShopCurrency(unitMinor)
              : variant.priceMinor,
        paidUnitPriceMinor: unitMinor,
        discounts: [
          ...allocations.map(discount),
          ...orderShares.map((each) => ({ ...discount(each), ofOrder: true as const })),
        ],
        isGiftCard: product.isGiftCard,
        requiresShipping: variant.requiresShipping,
        properties: line.properties,
        sellingPlan: sellingPlan && { id: sellingPlan.id, name: sellingPlan.name },
        group: null,
      }),
    ),
    presentmentCurrency: visitor.currency,
    presentmentRate: visitor.market.rate,
    shippingMinor: inShopCurrency(checkout.selected?.costMinor ?? 0),
    paidShippingMinor: checkout.selected?.costMinor ?? 0,
    ...shippingDiscounts(checkout, discount),
    cartToken: checkout.priced.cart.token,
    checkoutToken,
    sourceName: "web",
    customerId: visitor.customerId,
  };
}

/** What a discount took off, in the currency that was paid. */
interface GivenDiscount {
  readonly amountMinor: number;
  readonly title: string;
  readonly code: string | null;
}

function shippingDiscounts(
  { selected }: Checkout,
  discount: (given: GivenDiscount) => DevDiscountAllocation,
): Pick<OrderDraft, "shippingDiscounts"> {
  if (selected === null || selected.discountMinor === 0) return {};
  const { discountMinor, discountTitle, discountCode } = selected;
  const given = { amountMinor: discountMinor, title: discountTitle ?? "", code: discountCode };
  return { shippingDiscounts: [discount(given)] };
}

function isInStock(checkout: Checkout): boolean {
  return checkout.priced.lines.every(({ line, variant }) => line.quantity <= sellableQuantity(variant));
}

async function pay(context: StoreContext, visitor: Visitor, cart: Cart, body: Body): Promise<Response> {
  const checkout = await readCheckout(context, visitor, cart, asText(body.delivery));
  if (!isInStock(checkout))
    return checkoutResponse(context, visitor, cart, body, checkoutTexts(visitor.locale).soldOut);
  const token = makeToken(context);
  const order = await context.placeOrder(draftOf(context, visitor, checkout, token));
  const session = sessionOf(context.shop);
  session.placed.set(token, { order, checkout, visitor });
  session.carts.delete(cart.token);
  return redirect(`${visitor.prefix}/checkout/thank-you/${token}`, {
    "set-cookie": "cart=; Path=/; Max-Age=0; SameSite=Lax",
  });
}

async function checkoutResponse(
  context: StoreContext,
  visitor: Visitor,
  cart: Cart,
  body: Body,
  notice: string | null,
): Promise<Response> {
  const checkout = await readCheckout(context, visitor, cart, asText(body.delivery));
  const slots = {
    block: extensionSlot(context, visitor, "purchase.checkout.block.render", null),
    lines: extensionSlot(context, visitor, "purchase.checkout.cart-line-list.render-after", null),
  };
  return html(checkoutPage(context, visitor, checkout, slots, notice), notice === null ? 200 : 422);
}

/**
 * Takes a code off, or enters one. A code that gives the buyer nothing is not kept, and the answer says why: of one that
 * does not combine with what is there Shopify's checkout says "Discount couldn't be used with your existing discounts"
 * (https://help.shopify.com/en/manual/discounts/discount-combinations).
 */
async function changeCodes(context: StoreContext, visitor: Visitor, cart: Cart, body: Body): Promise<Response> {
  const removed = asText(body.remove);
  const kept = cart.discountCodes.filter((code) => code !== removed);
  const code = removed === null ? (asText(body.code) ?? "").trim() : "";
  setDiscountCodes(context, cart, code === "" ? kept : [...kept, code]);
  if (code === "") return checkoutResponse(context, visitor, cart, body, null);
  const { priced } = await readCheckout(context, visitor, cart, asText(body.delivery));
  const state = priced.codes.find((each) => each.code.toLowerCase() === code.toLowerCase())!.state;
  if (state === "applied") return checkoutResponse(context, visitor, cart, body, null);
  setDiscountCodes(context, cart, kept);
  return checkoutResponse(context, visitor, cart, body, checkoutTexts(visitor.locale).codes[state](code));
}

function thankYou(context: StoreContext, visitor: Visitor, token: string): Response {
  const placed = sessionOf(context.shop).placed.get(token);
  if (!placed) return redirect(visitor.prefix || "/");
  const slots = {
    block: extensionSlot(context, visitor, "purchase.thank-you.block.render", token),
    lines: extensionSlot(context, visitor, "purchase.thank-you.cart-line-list.render-after", token),
  };
  const { order, checkout } = placed;
  const seen = { ...placed.visitor, locale: visitor.locale, prefix: visitor.prefix };
  return html(thankYouPage(context, seen, { checkout, orderName: order.name, orderId: order.id }, slots));
}

/** Files by the name in their address. */
const ASSETS: Record<string, { file: string; type: string }> = {
  "checkout.css": { file: "checkout.css", type: "text/css" },
  "extension.css": { file: "extension.css", type: "text/css" },
  "checkout-page.js": { file: "checkout-page.client.js", type: "text/javascript" },
};

function asset(name: string): Response | null {
  const known = ASSETS[name];
  if (!known) return null;
  return file(readFileSync(new URL(`assets/${known.file}`, import.meta.url), "utf8"), `${known.type}; charset=utf-8`);
}

async function parts(context: StoreContext, visitor: Visitor, url: URL): Promise<Response> {
  const cart = cartFor(context, visitor.cartToken);
  const checkout = await readCheckout(context, visitor, cart, url.searchParams.get("delivery"));
  return json({ summary: summaryHtml(visitor, checkout, ""), delivery: deliveryHtml(visitor, checkout) });
}

/** Checkout, thank-you page and the frames of the app's extension. An empty cart goes back to the cart page. */
export async function handleCheckout(request: Request, context: StoreContext, visitor: Visitor): Promise<Response> {
  const url = new URL(request.url);
  const [, , section, rest] = visitor.path.split("/");
  const notFound = new Response("Not Found", { status: 404 });
  if (section === "assets") return asset(rest ?? "") ?? notFound;
  if (section === "parts.json") return parts(context, visitor, url);
  if (section === "extension") return extensionFrame(context, visitor, url);
  if (section === "extension-api") return handleExtensionCall(request, context, visitor, rest ?? "");
  if (section === "thank-you") return thankYou(context, visitor, rest ?? "");
  if (section !== undefined) return notFound;
  const cart = cartFor(context, visitor.cartToken);
  if (cart.lines.length === 0) return redirect(`${visitor.prefix}/cart`);
  if (request.method !== "POST") {
    return checkoutResponse(context, visitor, cart, { delivery: url.searchParams.get("delivery") }, null);
  }
  try {
    const body = await readBody(request);
    if (body.apply !== undefined || body.remove !== undefined) return await changeCodes(context, visitor, cart, body);
    return body.pay === undefined
      ? await checkoutResponse(context, visitor, cart, body, null)
      : await pay(context, visitor, cart, body);
  } catch (error) {
    if (error instanceof MalformedBody) return new Response("Bad Request", { status: 400 });
    throw error;
  }
}
