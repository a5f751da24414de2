import { type AjaxCart, readCart } from "./ajax-cart.ts";
import { attempt } from "./shopify-globals.ts";
import { isOwnEvent } from "./theme-events.ts";
import { until } from "./until.ts";

/** Several signals of one change are answered with one request. */
const SETTLED_AFTER_MS = 60;
const CART_EVENTS = ["shopify:cart:lines-update", "cart:refresh", "cart:updated", "cart:change", "ajaxProduct:added"];
const CART_REQUEST = /\/cart\/(add|change|update|clear)(\.js)?(\?|$)/;

/** Called with the cart after a change; null where it cannot be read. */
export type CartWatcher = (cart: AjaxCart | null) => void;

/** What is stored for a moment, so that other tabs hear of a change. */
const CHANGED = "tsuide-cart";

const watchers = new Set<CartWatcher>();
let isWatching = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Counts what watchers were given or are about to be: an older answer never replaces a newer one. */
let version = 0;

/** Calls back with the cart after each change, whoever made it, in this tab or another, until the signal. */
export function watchCart(watcher: CartWatcher, signal: AbortSignal) {
  if (!isWatching) startWatching();
  watchers.add(watcher);
  until(signal, () => watchers.delete(watcher));
}

/** Passes on a cart that a widget has just read after its own change, and tells the shop's other tabs. */
export function notifyWatchers(cart: AjaxCart | null | undefined) {
  if (cart) {
    version++;
    for (const watcher of watchers) watcher(cart);
  }
  notifyTabs();
}

function startWatching() {
  isWatching = true;
  for (const name of CART_EVENTS) document.addEventListener(name, heard);
  // Some themes send no event.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => CART_REQUEST.test(name))) changed();
  }).observe({ type: "resource" });
  document.addEventListener("visibilitychange", () => document.hidden || readSoon());
  addEventListener("pageshow", ({ persisted }) => persisted && readSoon());
  addEventListener("storage", ({ key, newValue }) => key === CHANGED && newValue && readSoon());
}

/** Notifies the shop's other tabs. Nothing stays stored, and the page can still be kept in the back/forward cache. */
function notifyTabs() {
  attempt(() => {
    localStorage.setItem(CHANGED, "1");
    localStorage.removeItem(CHANGED);
  });
}

function heard(event: Event & { promise?: unknown; detail?: { promise?: unknown } | null }) {
  if (isOwnEvent()) return;
  Promise.resolve(event.promise ?? event.detail?.promise).then(changed, changed);
}

function changed() {
  notifyTabs();
  readSoon();
}

/** Reads the cart for all watchers. */
export function readSoon() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const asked = ++version;
    const cart = await readCart();
    if (asked === version) for (const watcher of watchers) watcher(cart);
  }, SETTLED_AFTER_MS);
}
