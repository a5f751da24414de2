import { type AddAnswer, type AjaxCart, parseHtml } from "./ajax-cart.ts";
import { type CartItem, type Outcome, REFUSED, type RequestResult, SOURCE, announced } from "./outcome.ts";
import { attempt, type CartDrawer } from "./shopify-globals.ts";

/** Globals of themes that are built like Dawn. */
declare const publish: (event: string, data: object) => unknown;
declare const PUB_SUB_EVENTS: Readonly<Record<string, string>>;

const FAILED = "Cart update failed";

/** Id of the element and of the section with the number of units in the cart, in themes built like Dawn. */
const COUNTER = "cart-icon-bubble";

/** Shopify renders at most so many sections in one request. */
const MOST_SECTIONS = 5;

function dispatch(target: EventTarget, name: string, fields: object) {
  target.dispatchEvent(Object.assign(new Event(name, { bubbles: true }), fields));
}

/** Sends Shopify's standard event as the request starts; its promise resolves to the cart in Storefront API shape. */
export function announce(from: HTMLElement, items: readonly CartItem[], work: Promise<RequestResult>) {
  const promise = work.then(({ answer, cart, outcome: { kind, message } }) => {
    if (!cart || (kind >= REFUSED && !message)) throw new Error(FAILED);
    const refusal = message && { userErrors: [{ code: "INVALID", message }] };
    const { items: lines, item_count: itemCount } = cart;
    const detail = { source: SOURCE, items: lines, itemCount, sections: answer?.sections, didError: !!message };
    return { cart: storefrontShape(cart), ...refusal, detail };
  });
  attempt(() => promise);
  dispatch(from, "shopify:cart:lines-update", {
    ...{ action: "add", context: "product", lines: items.map(announced), promise },
    detail: { source: SOURCE },
  });
}

function storefrontShape({ token, item_count, total_price, currency, items, discount_codes }: AjaxCart) {
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
    discountCodes: discount_codes ?? [],
  };
}

/** Tells the page that nothing was added, and why. */
export function reportFailure(from: HTMLElement, { message }: Outcome) {
  const error = message || FAILED;
  dispatch(from, "shopify:cart:error", { error, code: message ? "INVALID" : "SERVICE_UNAVAILABLE" });
  attempt(() => publish(PUB_SUB_EVENTS.cartError!, { source: SOURCE, errors: error, message: error }));
}

/** The sections that show the cart in this theme. */
export function sectionsToRender(drawer: CartDrawer | null): string[] {
  const ofDrawer = attempt(() => drawer!.getSectionsToRender!().map(({ section, id }) => section ?? id)) ?? [];
  const ofItems = [...document.querySelectorAll<HTMLElement>("cart-items-component[data-section-id]")];
  const ofCounter = document.getElementById(COUNTER) ? [COUNTER] : [];
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
  const [first] = answer?.items ?? [];
  // Themes that add one item at a time read its key from the answer itself.
  const cartData = { ...first, ...answer };
  attempt(() => publish(PUB_SUB_EVENTS.cartUpdate!, { source: SOURCE, productVariantId: first?.id, cartData }));
  const render = () => {
    drawer!.renderContents!(cartData);
    drawer!.classList.remove("is-empty");
    return true;
  };
  if (answer?.sections && attempt(render)) return;
  showCount(answer?.sections);
  const detail = { source: SOURCE, cart, items: answer?.items, product: first, addToCartBtn: button };
  for (const name of ["cart:change", "cart:refresh", "ajaxProduct:added"]) {
    dispatch(document, name, { detail });
  }
}

function showCount(sections: AddAnswer["sections"]) {
  attempt(() => {
    const fresh = parseHtml(sections![COUNTER]!).querySelector(".shopify-section")!;
    document.getElementById(COUNTER)!.innerHTML = fresh.innerHTML;
  });
}
