import { type AjaxCart, readCart } from "./ajax-cart.ts";
import { attempt } from "./shopify-globals.ts";
import { writeArms } from "./split.ts";
import { widgets } from "./widget.ts";

/** Several signals of one change are answered with one request. */
const SETTLED_AFTER_MS = 60;
const CART_REQUEST = /\/cart\/(add|change|update|clear)(\.js)?(\?|$)/;
/** What is stored for a moment, so that other tabs hear of a change. */
const CHANGED = "tsuide-cart";

let timer: ReturnType<typeof setTimeout> | undefined;
/** Counts what widgets were given or are about to be: an older answer never replaces a newer one. */
let version = 0;

/** Gives all widgets the cart after each change, whoever made it, in this tab or another. */
export function watchCart() {
  // Themes send events of many names, or none; what they change the cart by is a request.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => CART_REQUEST.test(name))) changed();
  }).observe({ type: "resource" });
  // Shopify's standard event says when it is done, whatever it is done by.
  document.addEventListener("shopify:cart:lines-update", ({ promise }: Event & { promise?: unknown }) =>
    Promise.resolve(promise).then(changed, changed),
  );
  document.addEventListener("visibilitychange", () => document.hidden || readSoon());
  addEventListener("storage", ({ key }) => key === CHANGED && readSoon());
  addEventListener("pageshow", (event) => {
    widgets.forEach((widget) => widget.shownAgain(event));
    if (event.persisted) readSoon();
  });
}

/** Notifies the shop's other tabs. Nothing stays stored, and the page can still be kept in the back/forward cache. */
function changed() {
  attempt(() => {
    localStorage[CHANGED] = 1;
    delete localStorage[CHANGED];
  });
  readSoon();
}

/** Passes on a cart that a widget has just read after its own change. */
export function notifyWidgets(cart: AjaxCart | null | undefined) {
  if (!cart) return;
  version++;
  pass(cart);
}

function pass(cart: AjaxCart | null) {
  writeArms(cart);
  widgets.forEach((widget) => widget.heard(cart));
}

/** Reads the cart for all widgets. */
export function readSoon() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const asked = ++version;
    const cart = await readCart();
    if (asked === version) pass(cart);
  }, SETTLED_AFTER_MS);
}
