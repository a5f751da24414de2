import { type AddAnswer, postToCart, readCart } from "./ajax-cart.ts";
import { ADDED, type CartItem, type Outcome, REFUSED, type RequestResult, announced, judge } from "./outcome.ts";
import { attempt, type CartDrawer, type UpdateCart } from "./shopify-globals.ts";
import { announce, reportFailure, sectionsToRender, showInTheme } from "./theme-events.ts";
import { notifyWidgets } from "./watch-cart.ts";

/**
 * Adds lines to the cart: through the theme's own action where it has configured one, which then informs the page, and
 * else with one request to the Ajax API. Resolves to what the server answered, whatever the theme's code does; never
 * rejects.
 */
export async function addToCart(items: readonly CartItem[], from: HTMLElement, button: HTMLElement): Promise<Outcome> {
  const action = window.Shopify?.actions?.updateCart;
  // Shopify's default action may reload the page.
  const isConfigured = attempt(() => action!.isDefault!()) === false;
  const outcome = isConfigured ? await addByAction(action!, items) : await addByRequest(items, from, button);
  notifyWidgets(outcome.cart);
  return outcome;
}

async function addByAction(action: UpdateCart, items: readonly CartItem[]): Promise<Outcome> {
  const lines = items.map((item) => ({
    ...announced(item),
    attributes: item.properties ? [{ key: "_tsuide", value: item.properties._tsuide }] : [],
  }));
  let result: Awaited<ReturnType<UpdateCart>> = null;
  try {
    result = await action({ lines });
  } catch {
    // It may have failed before or after the request: the cart shows which.
  }
  const [refusal] = result?.userErrors ?? [];
  if (refusal) return { kind: REFUSED, message: refusal.message };
  const cart = await readCart();
  return !cart && result?.cart ? { kind: ADDED } : judge(items, cart?.items, cart);
}

async function addByRequest(items: readonly CartItem[], from: HTMLElement, button: HTMLElement): Promise<Outcome> {
  const drawer = document.querySelector<CartDrawer>("cart-notification, cart-drawer");
  attempt(() => drawer!.setActiveElement!(button));
  const work = request(items, sectionsToRender(drawer));
  announce(from, items, work);
  const { answer, cart, outcome } = await work;
  if (outcome.kind < REFUSED) showInTheme(drawer, button, answer, cart);
  else reportFailure(from, outcome);
  return outcome;
}

async function request(items: readonly CartItem[], sections: string[]): Promise<RequestResult> {
  const { status, answer } = await postToCart<AddAnswer>("add.js", {
    items,
    ...(sections[0] && { sections, sections_url: location.pathname }),
  });
  const cart = await readCart();
  const isRefused = status > 399 && status < 500;
  const outcome: Outcome = isRefused
    ? { kind: REFUSED, message: answer?.description ?? answer?.message }
    : judge(items, answer?.items ?? cart?.items, cart);
  return { answer, cart, outcome };
}
