import { type AjaxCart, readCart } from "./ajax-cart.ts";
import { attempt } from "./shopify-globals.ts";
import { isOwnEvent } from "./theme-events.ts";

/** Several signals of one change are answered with one request. */
const SETTLED_AFTER_MS = 60;
const CART_EVENTS = ["shopify:cart:lines-update", "cart:refresh", "cart:updated", "cart:change", "ajaxProduct:added"];
const CART_REQUEST = /\/cart\/(add|change|update|clear)(\.js)?(\?|$)/;

/** Called with the cart after a change; null where it cannot be read. */
export type CartWatcher = (cart: AjaxCart | null) => void;

const watchers = new Set<CartWatcher>();
let channel: BroadcastChannel | undefined;
let isWatching = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Counts what watchers were given or are about to be: an older answer never replaces a newer one. */
let version = 0;

/** Calls back with the cart after each change, whoever made it, in this tab or another, until the signal. */
export function watchCart(watcher: CartWatcher, signal: AbortSignal) {
  if (!isWatching) startWatching();
  watchers.add(watcher);
  signal.addEventListener("abort", () => watchers.delete(watcher));
}

/** Passes on a cart that a widget has just read after its own change, and tells the shop's other tabs. */
export function notifyWatchers(cart: AjaxCart | null | undefined) {
  if (cart) {
    version++;
    for (const watcher of watchers) watcher(cart);
  }
  channel?.postMessage("changed");
}

function startWatching() {
  isWatching = true;
  for (const name of CART_EVENTS) document.addEventListener(name, heard);
  // Some themes send no event.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => CART_REQUEST.test(name))) changed();
  }).observe({ type: "resource" });
  document.addEventListener("visibilitychange", () => document.hidden || readSoon());
  addEventListener("pageshow", ({ persisted }) => {
    openChannel();
    if (persisted) readSoon();
  });
  // An open channel keeps the page out of the back/forward cache.
  addEventListener("pagehide", () => channel?.close());
  openChannel();
}

function openChannel() {
  channel?.close();
  channel = attempt(() => new BroadcastChannel("tsuide-cart"));
  if (channel) channel.onmessage = readSoon;
}

function heard(event: Event & { promise?: unknown; detail?: { promise?: unknown } | null }) {
  if (isOwnEvent()) return;
  Promise.resolve(event.promise ?? event.detail?.promise).then(changed, changed);
}

function changed() {
  channel?.postMessage("changed");
  readSoon();
}

function readSoon() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const asked = ++version;
    const cart = await readCart();
    if (asked === version) for (const watcher of watchers) watcher(cart);
  }, SETTLED_AFTER_MS);
}
