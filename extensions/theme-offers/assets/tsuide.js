/* What the widgets share: amounts, in hundredths of the unit as in Liquid, and the shop's cart. See the README. */

/* global publish, PUB_SUB_EVENTS -- of themes that are built like Dawn */

const SOURCE = "tsuide";
/** Shopify's limit for one request. */
const MOST_SECTIONS = 5;
/** One request answers all signals of one change. */
const SETTLED_AFTER_MS = 60;
const CART_EVENTS = ["shopify:cart:lines-update", "cart:refresh", "cart:updated", "cart:change", "ajaxProduct:added"];
const CART_REQUEST = /\/cart\/(add|change|update|clear)(\.js)?(\?|$)/;

/** A portion of a price, rounded half up to the currency's smallest unit. */
export function amountOff(price, basisPoints, unit) {
  // Whole smallest units: tenths of a hundredth are not exact.
  return Math.floor((Math.round(price / unit) * basisPoints + 5000) / 10_000) * unit;
}

/** Writes amounts as Liquid wrote 1,234,567 units; as the browser does where that sample cannot be read. */
export function amountWriter(sample, currency, locale, unit) {
  const digits = unit >= 100 ? 0 : unit < 1 ? 3 : 2;
  const parts = /^(\D*)1(\D?)234(?:\2)567(?:(\D)(0+))?(\D*)$/.exec(sample ?? "");
  if (parts) {
    const [, before, group, point = "", zeros = "", after] = parts;
    return (hundredths) => {
      const [whole, fraction] = (hundredths / 100).toFixed(zeros.length).split(".");
      return before + whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? point + fraction : "") + after;
    };
  }
  const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  let format;
  try {
    format = new Intl.NumberFormat(locale || undefined, options);
  } catch {
    format = new Intl.NumberFormat(undefined, options);
  }
  return (hundredths) => format.format(hundredths / 100);
}

/** A live region speaks of every write, so only changes are written. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The script may run before an element has its children. */
export function whenParsed(run) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run, { once: true });
  else run();
}

const addressOf = (path) => (window.Shopify?.routes?.root ?? "/") + path;

/** The cart of `/cart.js`; null where it cannot be read. */
export async function readCart() {
  try {
    const response = await fetch(addressOf("cart.js"), { headers: { accept: "application/json" } });
    const cart = response.ok ? await response.json() : null;
    return Array.isArray(cart?.items) ? cart : null;
  } catch {
    return null;
  }
}

/**
 * Adds `items` (`{ id, quantity, properties? }`). Resolves, never rejects, to what the server said, whatever the theme's
 * code does: `{ code: "added" | "partly" | "refused" | "unknown", cart?, missing?: variant ids, message? }`.
 */
export async function addToCart(items, { from, button }) {
  const action = window.Shopify?.actions?.updateCart;
  const outcome = hasOwnHandler(action) ? await addByAction(action, items) : await addByRequest(items, from, button);
  if (outcome.cart) tell(outcome.cart);
  channel?.postMessage("changed");
  return outcome;
}

/** Shopify's default action may reload the page. */
function hasOwnHandler(action) {
  try {
    return typeof action === "function" && action.isDefault?.() === false;
  } catch {
    return false;
  }
}

/** The action itself tells the page. */
async function addByAction(action, items) {
  const lines = items.map(({ id, quantity, properties = {} }) => ({
    ...announced({ id, quantity }),
    attributes: Object.entries(properties).map(([key, value]) => ({ key, value })),
  }));
  let result = null;
  try {
    result = await action({ lines }, { event: { context: "product", detail: { source: SOURCE } } });
  } catch {
    // Before or after the request? The cart tells.
  }
  const refusals = result?.userErrors ?? [];
  if (refusals.length > 0) return { code: "refused", message: refusals[0].message ?? "" };
  const cart = await readCart();
  if (cart) return judge(items, quantitiesIn(cart.items), cart);
  const total = result?.cart ?? (await storefrontCart());
  return total && result ? { code: "added", cart: null } : { code: "unknown" };
}

async function storefrontCart() {
  try {
    const got = await window.Shopify.actions.getCart();
    return got?.cart ?? got;
  } catch {
    return null;
  }
}

async function addByRequest(items, from, button) {
  const drawer = document.querySelector("cart-notification, cart-drawer");
  attempt(() => drawer?.setActiveElement?.(button));
  const sections = sectionsToRender(drawer);
  const work = request(items, sections);
  announce(from, items, work);
  const { answer, outcome } = await work;
  if (outcome.code === "added" || outcome.code === "partly") await showInTheme(drawer, button, answer, outcome.cart);
  else report(from, outcome);
  return outcome;
}

/** Without a time limit: a late answer counts. */
async function request(items, sections) {
  let status = 0;
  let answer = null;
  try {
    const response = await fetch(addressOf("cart/add.js"), {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ items, ...(sections.length > 0 && { sections, sections_url: location.pathname }) }),
    });
    status = response.status;
    answer = await response.json();
  } catch {
    // Only the cart tells what became of it.
  }
  const cart = await readCart();
  if (status >= 400 && status < 500) {
    return { answer, cart, outcome: { code: "refused", message: answer?.description ?? answer?.message ?? "" } };
  }
  if (status < 300 && Array.isArray(answer?.items)) {
    return { answer, cart, outcome: judge(items, quantitiesIn(answer.items), cart) };
  }
  return { answer, cart, outcome: cart ? judge(items, quantitiesIn(cart.items), cart) : { code: "unknown" } };
}

/** Quantities by variant id. */
export function quantitiesIn(lines) {
  const quantities = new Map();
  for (const line of lines) {
    const id = String(line.variant_id ?? line.id);
    quantities.set(id, (quantities.get(id) ?? 0) + (line.quantity ?? 1));
  }
  return quantities;
}

function judge(items, quantities, cart) {
  const missing = items.map(({ id }) => String(id)).filter((id) => !quantities.has(id));
  if (missing.length === 0) return { code: "added", cart };
  return missing.length === items.length ? { code: "refused", message: "" } : { code: "partly", missing, cart };
}

const announced = ({ id, quantity }) => ({ merchandiseId: `gid://shopify/ProductVariant/${id}`, quantity });

/** Shopify's standard event, as the request starts. */
function announce(from, items, work) {
  const promise = work.then(({ answer, cart, outcome }) => {
    const failed = outcome.code === "refused" && !answer?.message && !answer?.description;
    if (!cart || outcome.code === "unknown" || failed) throw new Error("The cart could not be updated");
    const refusal = outcome.code === "refused" && { userErrors: [{ code: "INVALID", message: outcome.message }] };
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

function storefrontShape({ token, item_count, total_price, currency, items, discount_codes = [] }) {
  const cost = (hundredths) => ({ totalAmount: { amount: String(hundredths / 100), currencyCode: currency } });
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

function report(from, { code, message }) {
  const refused = code === "refused" && message !== "";
  const error = refused ? message : "The cart could not be updated";
  dispatch(from, "shopify:cart:error", { error, code: refused ? "INVALID" : "SERVICE_UNAVAILABLE" });
  attempt(() => publish(PUB_SUB_EVENTS.cartError, { source: SOURCE, errors: error, message: error }));
}

/** The sections that show the cart in this theme. */
function sectionsToRender(drawer) {
  const ofDrawer = attempt(() => drawer?.getSectionsToRender?.().map(({ section, id }) => section ?? id)) ?? [];
  const ofItems = [...document.querySelectorAll("cart-items-component[data-section-id]")];
  const ofCounter = document.getElementById("cart-icon-bubble") ? ["cart-icon-bubble"] : [];
  const names = [...ofDrawer, ...ofItems.map(({ dataset }) => dataset.sectionId), ...ofCounter];
  return [...new Set(names)].slice(0, MOST_SECTIONS);
}

/** A theme hears of an addition in its own one way. */
async function showInTheme(drawer, button, answer, cart) {
  const first = answer?.items?.[0];
  // Themes that add one item at a time read its key from the answer itself.
  const cartData = { ...answer, key: answer?.key ?? first?.key, id: answer?.id ?? first?.id };
  attempt(() => publish(PUB_SUB_EVENTS.cartUpdate, { source: SOURCE, productVariantId: first?.id, cartData }));
  const sections = answer?.sections;
  if (drawer?.renderContents && sections) {
    if (attempt(() => (drawer.renderContents(cartData), true))) attempt(() => drawer.classList.remove("is-empty"));
    else showCount(sections);
    return;
  }
  if (sections) showCount(sections);
  const detail = { source: SOURCE, cart, items: answer?.items, product: first, addToCartBtn: button };
  for (const name of ["cart:change", "cart:refresh", "ajaxProduct:added"]) {
    dispatch(document, name, {}, new CustomEvent(name, { bubbles: true, detail }));
  }
}

function showCount(sections) {
  const counter = document.getElementById("cart-icon-bubble");
  const html = sections["cart-icon-bubble"];
  if (!counter || !html) return;
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".shopify-section");
  if (fresh) counter.innerHTML = fresh.innerHTML;
}

function dispatch(target, name, fields, event = new Event(name, { bubbles: true })) {
  speaking = true;
  target.dispatchEvent(Object.assign(event, fields));
  speaking = false;
}

/** Runs a theme's code; undefined where it is absent or throws. */
function attempt(run) {
  try {
    const result = run();
    result?.catch?.(() => {});
    return result;
  } catch {
    return undefined;
  }
}

const watchers = new Set();
let speaking = false;
let channel = null;
let timer = 0;
let reads = 0;

/** Calls back with the cart, or null, after each change by anybody in any tab. Gives what ends it. */
export function watchCart(watcher) {
  if (watchers.size === 0) startWatching();
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(cart) {
  reads++;
  for (const watcher of watchers) watcher(cart);
}

function startWatching() {
  if (channel) return;
  for (const name of CART_EVENTS) document.addEventListener(name, heard);
  // For themes that tell nobody.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => CART_REQUEST.test(name))) changed();
  }).observe({ type: "resource" });
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  addEventListener("pageshow", ({ persisted }) => {
    openChannel();
    if (persisted) soon();
  });
  // An open channel keeps the page out of the back/forward cache.
  addEventListener("pagehide", () => channel?.close());
  openChannel();
}

function openChannel() {
  channel?.close();
  channel =
    typeof BroadcastChannel === "function" ? new BroadcastChannel("tsuide-cart") : { close() {}, postMessage() {} };
  channel.onmessage = soon;
}

function heard(event) {
  if (speaking) return;
  Promise.resolve(event.promise ?? event.detail?.promise).then(changed, changed);
}

function changed() {
  channel?.postMessage("changed");
  soon();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const turn = ++reads;
    const cart = await readCart();
    // Unless something newer has been told meanwhile.
    if (turn === reads) for (const watcher of watchers) watcher(cart);
  }, SETTLED_AFTER_MS);
}
