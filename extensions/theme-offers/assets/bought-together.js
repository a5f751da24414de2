/*
 * Bought-together sets, as a custom element over what Liquid has rendered already. Its one request goes to the
 * shop's own cart. Amounts are in hundredths of the unit, as everywhere in a theme.
 */

const ANSWER_WITHIN_MS = 15_000;
const SURFACE = "product";

/** What goes off one unit: its portion, rounded half up to the currency's smallest unit. */
export function amountOff(price, basisPoints, unit) {
  // In whole smallest units, because tenths of a hundredth are not exact.
  return Math.floor((Math.round(price / unit) * basisPoints + 5000) / 10_000) * unit;
}

/**
 * Writes amounts as the theme does, learnt from how Liquid wrote 1,234,567 units ("$1,234,567.00",
 * "1.234.567,00 €", "¥1,234,567"). Falls back to the browser's own way where the sample cannot be read.
 */
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

class BoughtTogetherSet extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector("form");
    this.texts = JSON.parse(this.querySelector("[data-texts]").textContent);
    this.items = [...this.querySelectorAll("[data-item]")].map((item) => new SetItem(item));
    this.own = this.items.find((item) => item.own);
    const { sample, currency, locale, unit } = this.dataset;
    this.money = amountWriter(sample, currency, locale, Number(unit));
    this.form.addEventListener("change", () => this.show());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    document.addEventListener("change", this.followPage);
    addEventListener("pageshow", this.restore);
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("change", this.followPage);
    removeEventListener("pageshow", this.restore);
  }

  /** The page's own variant picker decides which variant "this item" is. */
  followPage = (event) => {
    const field = event.target;
    if (this.contains(field) || !field.form?.action?.includes(this.dataset.addUrl)) return;
    const id = field.form.elements.namedItem("id")?.value;
    if (id && this.own.choose(id)) this.show();
  };

  /** A page that comes back must not still be busy, and must follow the ticks that the browser restored. */
  restore = (event) => {
    if (event.persisted) {
      this.setBusy(false);
      this.say("");
    }
    this.show();
  };

  show() {
    const chosen = this.items.filter((item) => item.chosen);
    const basisPoints = chosen.length > 1 ? Number(this.dataset.basisPoints) : 0;
    const unit = Number(this.dataset.unit);
    let before = 0;
    let now = 0;
    for (const item of this.items) {
      const off = amountOff(item.amount, Number(this.dataset.basisPoints), unit);
      item.show(this.money(item.amount), this.money(item.amount - off));
    }
    for (const { amount } of chosen) {
      before += amount;
      now += amount - amountOff(amount, basisPoints, unit);
    }
    this.toggleAttribute("data-together", chosen.length > 1);
    const [nowAt, beforeAt, savingAt] = ["amount-now", "amount-before", "saving"].map((name) =>
      this.querySelector(`[data-${name}]`),
    );
    put(nowAt, this.money(now));
    put(beforeAt.querySelector("s"), this.money(before));
    put(savingAt, this.texts.saving.replace("%", this.money(before - now)));
    beforeAt.hidden = savingAt.hidden = now >= before;
    if (!this.busy) put(this.querySelector("[data-add-label]"), this.texts.add[chosen.length - 1]);
  }

  async add() {
    if (this.busy) return;
    const chosen = this.items.filter((item) => item.chosen);
    const property = `${this.dataset.offer}/${SURFACE}`;
    const items = chosen.map((item) => ({
      id: Number(item.id),
      quantity: 1,
      ...(item.own ? {} : { properties: { _tsuide: property } }),
    }));
    const drawer = document.querySelector("cart-drawer, cart-notification");
    this.setBusy(true);
    this.say("");
    const answer = post(`${this.dataset.addUrl}.js`, { items, ...sectionsToRefresh(drawer) });
    announce(items, answer);
    try {
      const cart = await answer;
      this.told(cart, chosen);
      refreshCart(drawer, cart);
    } catch (error) {
      this.say(error instanceof Refusal ? `${this.texts.refused} ${error.message}` : this.texts.unsure, "error");
    }
    this.setBusy(false);
  }

  told(cart, chosen) {
    const added = new Set((cart.items ?? []).map((line) => String(line.variant_id ?? line.id)));
    const missing = chosen.filter((item) => !added.has(item.id));
    if (missing.length > 0) {
      const titles = missing.map((item) => item.title).join(", ");
      this.say(this.texts.partly.replace("%", titles), "error", true);
    } else {
      this.say(this.texts.added[chosen.length - 1], "done", true);
    }
  }

  setBusy(busy) {
    this.busy = busy;
    const button = this.querySelector("[data-add]");
    button.setAttribute("aria-disabled", String(busy));
    this.toggleAttribute("data-busy", busy);
    put(
      button.querySelector("[data-add-label]"),
      busy ? this.texts.adding : this.texts.add[this.items.filter((item) => item.chosen).length - 1],
    );
  }

  say(text, tone = "", withLink = false) {
    const status = this.querySelector("[data-status]");
    status.dataset.tone = tone;
    status.textContent = text;
    if (!withLink) return;
    const link = document.createElement("a");
    link.href = this.dataset.cartUrl;
    link.textContent = this.texts.viewCart;
    status.append(" ", link);
  }
}

class SetItem {
  constructor(element) {
    this.element = element;
    this.own = element.hasAttribute("data-own");
    this.tick = element.querySelector("[data-tick]");
    this.variant = element.querySelector("[data-variant]");
    this.title = element.querySelector(".tsuide-item__name").lastChild.textContent.trim();
    const choose = element.querySelector("[data-choose]");
    if (choose) {
      // Without script the choice of a variant is the tick; with it, the checkbox is.
      const chosen = choose.selected;
      choose.remove();
      if (chosen) element.querySelector("[data-first]").selected = true;
      else this.tick.checked = true;
    }
    if (this.tick) this.tick.hidden = false;
  }

  get chosen() {
    return this.own || this.tick.checked;
  }

  get id() {
    return this.variant.value;
  }

  get amount() {
    return Number((this.variant.selectedOptions?.[0] ?? this.variant).dataset.amount);
  }

  /** True where the variant is one of this product's and can be bought. */
  choose(id) {
    const option = [...(this.variant.options ?? [])].find((each) => each.value === id && !each.disabled);
    if (option) option.selected = true;
    return option !== undefined;
  }

  show(price, setPrice) {
    for (const at of this.element.querySelectorAll("[data-price]")) put(at, price);
    for (const at of this.element.querySelectorAll("[data-set-price]")) put(at, setPrice);
  }
}

/** The shop's own words for why it refused. */
class Refusal extends Error {}

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout?.(ANSWER_WITHIN_MS),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  if (response.status >= 400 && response.status < 500) throw new Refusal(answer?.description ?? answer?.message ?? "");
  throw new Error(`cart answered ${response.status}`);
}

/** The sections that the theme's cart drawer asks for, by the convention of Shopify's own themes. */
function sectionsToRefresh(drawer) {
  const sections = drawer?.getSectionsToRender?.().map((section) => section.section ?? section.id) ?? [];
  return sections.length === 0 ? {} : { sections: sections.slice(0, 5), sections_url: location.pathname };
}

/** Tells the page at once, as Shopify's standard events do, with a promise for the outcome. */
function announce(items, answer) {
  const lines = items.map(({ id, quantity }) => ({ merchandiseId: `gid://shopify/ProductVariant/${id}`, quantity }));
  const promise = answer.then((cart) => ({ cart }));
  promise.catch(() => {});
  const event = new Event("shopify:cart:lines-update", { bubbles: true });
  document.dispatchEvent(Object.assign(event, { action: "add", context: "product", lines, promise }));
}

function refreshCart(drawer, cart) {
  for (const name of ["cart:refresh", "cart:updated"]) {
    document.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { source: "tsuide", cart } }));
  }
  if (cart.sections && drawer?.renderContents) {
    drawer.classList?.remove("is-empty");
    drawer.renderContents(cart);
  }
}

/** Writes only what changed: a live region speaks of every write. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

if (!customElements.get("tsuide-set")) customElements.define("tsuide-set", BoughtTogetherSet);
