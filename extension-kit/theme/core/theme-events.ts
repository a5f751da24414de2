import { type AddAnswer, type AjaxCart, parseHtml } from "./ajax-cart.ts";
import { type CartItem, type Outcome, REFUSED, type RequestResult, SOURCE, UNKNOWN, announced } from "./outcome.ts";
import { attempt, type CartDrawer } from "./shopify-globals.ts";

/** Globals of themes that are built like Dawn. */
declare const publish: (event: string, data: object) => unknown;
declare const PUB_SUB_EVENTS: Readonly<Record<string, string>>;

const FAILED = "The cart could not be updated";

/** Shopify renders at most so many sections in one request. */
const MOST_SECTIONS = 5;

let isDispatching = false;

/** Whether the event being handled was sent by a widget: it says nothing new to the widgets. */
export const isOwnEvent = () => isDispatching;

function dispatch(target: EventTarget, name: string, fields: object) {
  isDispatching = true;
  target.dispatchEvent(Object.assign(new Event(name, { bubbles: true }), fields));
  isDispatching = false;
}

/** Sends Shopify's standard event as the request starts; its promise resolves to the cart in Storefront API shape. */
export function announce(from: HTMLElement, items: readonly CartItem[], work: Promise<RequestResult>) {
  const promise = work.then(({ answer, cart, outcome }) => {
    const failed = outcome.code === REFUSED && !outcome.message;
    if (!cart || outcome.code === UNKNOWN || failed) throw new Error(FAILED);
    const refusal = outcome.code === REFUSED && { userErrors: [{ code: "INVALID", message: outcome.message }] };
    const { items: lines, item_count: itemCount } = cart;
    const detail = { source: SOURCE, items: lines, itemCount, sections: answer?.sections, didError: !!refusal };
    return { cart: storefrontShape(cart), ...refusal, detail };
  });
  promise.catch(() => {});
  dispatch(from, "shopify:cart:lines-update", {
    ...{ action: "add", context: "product", lines: items.map(announced), promise },
    detail: { source: SOURCE },
  });
}

function storefrontShape({ token, item_count, total_price, currency, items, discount_codes = [] }: AjaxCart) {
  const cost = (hundredths: number) => ({ totalAmount: { amount: String(hundredths / 100), currencyCode: currency } });
  return {
    id: `gid://shopify/Cart/${token}`,
    totalQuantity: item_count,
    cost: cost(total_price),
    lines: items.map((line) => ({
      id: `gid://shopify/CartLine/${line.key}`,
      quantity: line.quantity,
      cost: cost(line.final_line_price),
      merchandise: { id: `gid://shopify/ProductVariant/${line.variant_id}` },
    })),
    discountCodes: discount_codes.map(({ code, applicable }) => ({ code, applicable })),
  };
}

/** Tells the page that nothing was added, and why. */
export function reportFailure(from: HTMLElement, { code, message }: Outcome) {
  const refused = code === REFUSED && message;
  const error = refused || FAILED;
  dispatch(from, "shopify:cart:error", { error, code: refused ? "INVALID" : "SERVICE_UNAVAILABLE" });
  attempt(() => publish(PUB_SUB_EVENTS.cartError!, { source: SOURCE, errors: error, message: error }));
}

/** The sections that show the cart in this theme. */
export function sectionsToRender(drawer: CartDrawer | null): string[] {
  const ofDrawer = attempt(() => drawer?.getSectionsToRender?.().map(({ section, id }) => section ?? id)) ?? [];
  const ofItems = [...document.querySelectorAll<HTMLElement>("cart-items-component[data-section-id]")];
  const ofCounter = document.getElementById("cart-icon-bubble") ? ["cart-icon-bubble"] : [];
  const names = [...ofDrawer, ...ofItems.map(({ dataset }) => dataset.sectionId!), ...ofCounter];
  return [...new Set(names)].slice(0, MOST_SECTIONS);
}

/** Shows an addition in the one way that this theme knows: its drawer, or the events that it listens for. */
export function showInTheme(
  drawer: CartDrawer | null,
  button: HTMLElement,
  answer: AddAnswer | null,
  cart: AjaxCart | null,
) {
  const first = answer?.items?.[0];
  // Themes that add one item at a time read its key from the answer itself.
  const cartData = { ...answer, key: answer?.key ?? first?.key, id: answer?.id ?? first?.id };
  attempt(() => publish(PUB_SUB_EVENTS.cartUpdate!, { source: SOURCE, productVariantId: first?.id, cartData }));
  const sections = answer?.sections;
  if (drawer?.renderContents && sections) {
    if (attempt(() => (drawer.renderContents!(cartData), true))) attempt(() => drawer.classList.remove("is-empty"));
    else showCount(sections);
    return;
  }
  if (sections) showCount(sections);
  const detail = { source: SOURCE, cart, items: answer?.items, product: first, addToCartBtn: button };
  for (const name of ["cart:change", "cart:refresh", "ajaxProduct:added"]) {
    dispatch(document, name, { detail });
  }
}

function showCount(sections: NonNullable<AddAnswer["sections"]>) {
  const counter = document.getElementById("cart-icon-bubble");
  const html = sections["cart-icon-bubble"];
  if (!counter || !html) return;
  const fresh = parseHtml(html).querySelector(".shopify-section");
  if (fresh) counter.innerHTML = fresh.innerHTML;
}
