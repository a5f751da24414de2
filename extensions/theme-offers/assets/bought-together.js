/* Bought-together sets: brings to life what Liquid has rendered. With nothing ticked, the button adds everything. */
import { addToCart, amountOff, amountWriter, put, quantitiesIn, readCart, watchCart, whenParsed } from "./tsuide.js";

const SURFACE = "product";
const SLOW_AFTER_MS = 15_000;
/** Reasons to look at the page's own form. */
const VARIANT_EVENTS = [
  "change",
  "input",
  "shopify:product:select",
  "variant:change",
  "variant:changed",
  "variantChange",
];

class BoughtTogetherSet extends HTMLElement {
  busy = false;
  doubtful = false;

  connectedCallback() {
    whenParsed(() => this.isConnected && this.start());
  }

  start() {
    if (!this.form) this.prepare();
    const { signal } = (this.listening = new AbortController());
    for (const name of VARIANT_EVENTS) document.addEventListener(name, this.pageMayHaveChanged, { signal });
    addEventListener("popstate", this.pageMayHaveChanged, { signal });
    window.navigation?.addEventListener?.("currententrychange", this.pageMayHaveChanged, { signal });
    addEventListener("pageshow", this.restore, { signal });
    // For themes that write their form's field without a word.
    this.observer = new MutationObserver(this.pageMayHaveChanged);
    const section = this.pageForm()?.closest(".shopify-section") ?? this.closest(".shopify-section");
    const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["value"] };
    if (section) this.observer.observe(section, watched);
    this.unwatch = watchCart((cart) => this.takeCart(cart));
    this.followPage();
    this.show();
  }

  prepare() {
    this.form = this.querySelector("form");
    this.texts = JSON.parse(this.querySelector("[data-texts]").textContent);
    this.items = [...this.querySelectorAll("[data-item]")].map((item) => new SetItem(item));
    this.own = this.items[0];
    const { sample, currency, locale, unit } = this.dataset;
    this.money = amountWriter(sample, currency, locale, Number(unit));
    this.form.addEventListener("change", () => this.show());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add();
    });
  }

  disconnectedCallback() {
    this.listening?.abort();
    this.observer?.disconnect();
    this.unwatch?.();
  }

  pageMayHaveChanged = (event) => {
    if (event.target?.nodeType && this.contains(event.target)) return;
    if (event.target?.form) this.lastForm = event.target.form;
    const look = () => this.followPage();
    queueMicrotask(look);
    Promise.resolve(event.promise).then(look, look);
  };

  /** The page's own form for this product. */
  pageForm() {
    const forms = [this.lastForm, ...document.querySelectorAll("form[action*='/cart/add']")];
    return forms.find((form) => form?.isConnected && !this.contains(form) && this.own.knows(fieldOf(form, "id")));
  }

  followPage() {
    const form = this.pageForm();
    const inAddress = new URLSearchParams(location.search).get("variant");
    const id = form ? fieldOf(form, "id") : inAddress;
    const quantity = Math.max(1, Math.floor(Number(form && fieldOf(form, "quantity"))) || this.own.least);
    const moved = this.own.knows(id) && id !== this.own.id;
    if (moved) void this.own.choose(id);
    if (moved && !this.cartQuantities) void readCart().then((cart) => this.takeCart(cart));
    if (!moved && quantity === this.own.quantity) return;
    this.own.quantity = quantity;
    this.own.inCart = this.own.isIn(this.cartQuantities);
    this.show();
  }

  /** The page came back: it is not busy any more, and the browser may have restored ticks. */
  restore = (event) => {
    if (event.persisted) {
      this.doubtful ||= this.busy;
      this.setBusy(false);
      this.say("");
    }
    this.show();
  };

  takeCart(cart) {
    if (!cart) return;
    // A subscription has no price together.
    this.cartQuantities = quantitiesIn(cart.items.filter((line) => !line.selling_plan_allocation));
    this.cartProducts = new Set(cart.items.map((line) => String(line.product_id)));
    for (const item of this.items) item.inCart = item.isIn(this.cartQuantities, this.cartProducts);
    this.show();
  }

  /** What the button adds; never what is in the cart. */
  get chosen() {
    const open = this.items.filter((item) => !item.inCart);
    const ticked = open.filter((item) => item.tick?.checked);
    return ticked.length > 0 ? open.filter((item) => item === this.own || ticked.includes(item)) : open;
  }

  show() {
    const { chosen, own } = this;
    const basisPoints = Number(this.dataset.basisPoints);
    const unit = Number(this.dataset.unit);
    let before = 0;
    let now = 0;
    for (const item of this.items) {
      const together = item.amount - amountOff(item.amount, basisPoints, unit);
      item.show(this.money(item.amount), this.money(together));
      if (!chosen.includes(item)) continue;
      before += item.amount * item.quantity;
      now += together * item.quantity;
    }
    put(this.at("quantity"), own.quantity > 1 ? `× ${own.quantity}` : "");
    const isAll = chosen.length > 2 && !chosen.some((item) => item.tick?.checked);
    const units = unitsOf(chosen);
    put(this.at("total-label"), isAll ? this.texts.allTogether.replace("%", units) : this.texts.total);
    put(this.at("amount-now"), this.money(now));
    put(this.at("amount-before").querySelector("s"), this.money(before));
    put(this.at("saving"), this.texts.saving.replace("%", this.money(before - now)));
    this.at("amount-before").hidden = this.at("saving").hidden = now >= before;
    this.at("total").hidden = chosen.length === 0;
    this.label = (isAll ? this.texts.addAll : this.texts.add).replace("%", units);
    if (chosen.length === 0) this.label = this.texts.allInCart;
    this.setBusy(this.busy);
    this.hidden = !own.available;
  }

  async add() {
    const wanted = this.chosen;
    if (this.busy || wanted.length === 0) return;
    this.setBusy(true);
    this.say("");
    const slow = setTimeout(() => this.say(this.texts.slow), SLOW_AFTER_MS);
    // Pressing again must not buy twice.
    const cart = this.doubtful ? await readCart() : null;
    if (cart) this.takeCart(cart);
    const left = wanted.filter((item) => !cart || !item.inCart);
    if (this.doubtful && !cart) this.say(this.texts.unsure, "error", true);
    else if (left.length === 0) this.tell({ code: "added", cart }, wanted);
    else this.tell(await this.send(left), left);
    clearTimeout(slow);
    this.setBusy(false);
  }

  send(items) {
    const properties = { _tsuide: `${this.dataset.offer}/${SURFACE}` };
    const lines = items.map((item) => {
      const line = { id: Number(item.id), quantity: item.quantity };
      return item === this.own ? line : { ...line, properties };
    });
    return addToCart(lines, { from: this, button: this.at("add") });
  }

  tell({ code, message, missing = [], cart }, items) {
    this.doubtful = code === "unknown" || (code === "refused" && message === "");
    if (code === "unknown") return this.say(this.texts.unsure, "error", true);
    if (code === "refused") return this.say(`${this.texts.refused} ${message}`.trim(), "error");
    const absent = items.filter((item) => missing.includes(item.id));
    for (const item of items) item.inCart ||= !absent.includes(item);
    for (const { tick } of this.items) if (tick) tick.checked = false;
    const said =
      absent.length > 0
        ? this.texts.partly.replace("%", () => absent.map((item) => item.title).join(", "))
        : this.texts.added.replace("%", unitsOf(items));
    this.say([said, ...this.changedPrices(items, cart)].join(" "), absent.length > 0 ? "error" : "done", true);
    this.show();
  }

  /** What costs something else by now. */
  changedPrices(chosen, cart) {
    return chosen.flatMap((item) => {
      const price = cart?.items.find((line) => String(line.variant_id ?? line.id) === item.id)?.original_price;
      if (price === undefined || Math.abs(price - item.amount) < 0.01) return [];
      const [title, amount] = [item.title, this.money(price)];
      return [this.texts.priceChanged.replace("%", () => title).replace("%", () => amount)];
    });
  }

  setBusy(busy) {
    this.busy = busy;
    const button = this.at("add");
    button.setAttribute("aria-disabled", String(busy || this.chosen.length === 0));
    this.toggleAttribute("data-busy", busy);
    put(this.at("add-label"), busy ? this.texts.adding : this.label);
  }

  say(text, tone = "", withLink = false) {
    const status = this.at("status");
    status.dataset.tone = tone;
    status.textContent = text;
    if (!withLink) return;
    const link = document.createElement("a");
    link.href = this.dataset.cartUrl;
    link.textContent = this.texts.viewCart;
    status.append(" ", link);
  }

  at(name) {
    return this.querySelector(`[data-${name}]`);
  }
}

class SetItem {
  quantity = 1;

  constructor(element) {
    this.element = element;
    this.product = element.dataset.item;
    this.tick = element.querySelector("[data-tick]");
    this.variant = element.querySelector("[data-variant]") ?? this.tick;
    this.title = element.querySelector("[data-title]").textContent.trim();
    this.least = this.quantity = Number(element.dataset.least ?? 1);
    this.inCart = element.hasAttribute("data-in-cart");
    this.pickers = [...element.querySelectorAll("[data-option]")];
    for (const picker of this.pickers) picker.addEventListener("change", () => this.pick(picker));
    const choose = element.querySelector("[data-choose]");
    // Without script the choice of a variant is the tick.
    if (choose) {
      if (!choose.selected) this.tick.checked = true;
      choose.remove();
    }
    if (this.tick) this.tick.hidden = false;
    this.image = element.querySelector("img");
    this.variant.addEventListener("change", () => this.variantChanged());
    this.showPicked();
  }

  get option() {
    return this.variant.selectedOptions?.[0] ?? this.variant;
  }

  get id() {
    return this.option.value;
  }

  get amount() {
    return Number(this.option.dataset.amount ?? this.variant.dataset.amount);
  }

  get available() {
    return this.variant === this.option || !this.option.disabled;
  }

  knows(id) {
    return id !== "" && this.variants().some((option) => option.value === id);
  }

  variants() {
    return [...(this.variant.options ?? [this.variant])];
  }

  /** A companion by its product: any size of it is enough. */
  isIn(quantities, products) {
    return this.tick && products ? products.has(this.product) : (quantities?.has(this.id) ?? this.inCart);
  }

  choose(id) {
    this.variant.value = id;
    return this.variantChanged();
  }

  /** Chooses the variant with what was picked that keeps most of the other options. */
  pick(picked) {
    const wanted = this.pickers.map((picker) => picker.value);
    const at = this.pickers.indexOf(picked);
    const kept = (option) => valuesOf(option, this.pickers).filter((value, index) => value === wanted[index]).length;
    const possible = this.variants().filter((option) => valuesOf(option, this.pickers)[at] === wanted[at]);
    const [best] = possible.sort((a, b) => kept(b) - kept(a));
    void this.choose((best ?? this.option).value);
  }

  showPicked() {
    const values = valuesOf(this.option, this.pickers);
    this.pickers.forEach((picker, index) => (picker.value = values[index]));
  }

  async variantChanged() {
    this.showPicked();
    const { id, element } = this;
    if (!this.image || !element.dataset.url) return;
    const pictures = await (this.pictures ??= readPictures(element.dataset.url));
    const picture = pictures.get(id) ?? pictures.get("");
    if (!picture || id !== this.id) return;
    this.image.removeAttribute("srcset");
    this.image.src = picture;
  }

  show(price, setPrice) {
    for (const at of this.element.querySelectorAll("[data-price]")) put(at, price);
    for (const at of this.element.querySelectorAll("[data-set-price]")) put(at, setPrice);
    for (const at of this.element.querySelectorAll("[data-variant-title]")) {
      if (this.option !== this.variant) put(at, this.option.textContent);
    }
    this.element.toggleAttribute("data-in-cart", this.inCart);
    if (this.tick) this.tick.disabled = this.inCart;
  }
}

const unitsOf = (items) => items.reduce((sum, item) => sum + item.quantity, 0);

/** Shopify titles a variant by its values, with " / " between them. */
function valuesOf(option, pickers) {
  let rest = option.textContent.trim();
  return pickers.map((picker) => {
    const value = [...picker.options]
      .map((each) => each.value)
      .find((each) => rest === each || rest.startsWith(`${each} / `));
    rest = rest.slice((value ?? "").length + " / ".length);
    return value;
  });
}

/** Small pictures by variant id, the product's own as "". */
async function readPictures(url) {
  const pictures = new Map();
  try {
    const { featured_image: own, variants } = await (await fetch(`${url}.js`)).json();
    const small = (source) => `${source}${source.includes("?") ? "&" : "?"}width=160`;
    if (own) pictures.set("", small(own));
    for (const { id, featured_image: image } of variants) if (image?.src) pictures.set(String(id), small(image.src));
  } catch {
    // The picture stays as it is.
  }
  return pictures;
}

function fieldOf(form, name) {
  const field = form.elements.namedItem(name);
  return field?.value ?? "";
}

if (!customElements.get("tsuide-set")) customElements.define("tsuide-set", BoughtTogetherSet);
