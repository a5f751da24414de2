import type { AjaxCart, JoinedLine } from "./ajax-cart.ts";
import { claimsIn } from "./claims.ts";
import { amountWriter, type Hundredths } from "./money.ts";
import { publish } from "./shopify-globals.ts";
import { isKeptBack } from "./split.ts";
import { type TextPlace, textAt } from "./texts.ts";

/** Those on the page. */
export const widgets = new Set<Widget>();

const published = new Set<string>();

/**
 * A widget that Liquid has rendered in full: the script only keeps it up to date. Its element has the class `ts-widget`
 * and carries `data-format` (snippet `tsuide-money`). Private members are `#names`: the bundler shortens those.
 */
export abstract class Widget extends HTMLElement {
  declare money: (amount: Hundredths) => string;
  declare currency: string;
  /** The currency's smallest unit, in hundredths. */
  declare unit: Hundredths;

  connectedCallback() {
    // What is there for an arm of an experiment is shown by the script in the page's head alone.
    if (Number(getComputedStyle(this).getPropertyValue("--ts-off"))) return;
    widgets.add(this);
    if (!this.money) this.#prepareOnce();
    this.start();
    this.follow();
  }

  /** Publishes that the offers that are here now are shown, once half of the widget can be seen that too, and presses. */
  follow() {
    if (!this.hidden) this.did("shown");
    this.whenSeen(() => this.did("seen"), this, 0.5);
    this.addEventListener("click", ({ target }) => this.did("clicked", (target as HTMLButtonElement).form ?? this));
  }

  /**
   * Publishes on Shopify's analytics bus what was done with the widget's offer, and with those within a part of it: each
   * once per page view. Our web pixel hears it, with the shopper's consent.
   */
  did(kind: string, within: HTMLElement = this) {
    // The set grows only by what it did not hold.
    const claims = [this.dataset.claim, ...claimsIn(within)].filter(
      (claim) => claim?.includes("/") && !isKeptBack(claim) && published.size < published.add(kind + claim).size,
    );
    if (claims[0]) publish(kind, { claims });
  }

  /** Calls back once a part is first looked at: what is in a drawer waits until somebody opens it. */
  protected whenSeen(run: () => void, part = this.parentElement!, threshold?: number) {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        run();
      },
      { threshold },
    );
    observer.observe(part);
  }

  disconnectedCallback() {
    widgets.delete(this);
  }

  #prepareOnce() {
    const [, unit, currency = "", sample = ""] = /^(\S*) (\S*) (.*)/.exec(this.dataset.format!)!;
    this.unit = Number(unit);
    this.currency = currency;
    this.money = amountWriter(sample, currency);
    this.prepare();
  }

  /** An amount in the currency's smallest units. */
  minor(amount: Hundredths): number {
    return Math.round(amount / this.unit);
  }

  /** Called once, when the element has its children. */
  protected prepare() {}

  /** Called each time that the element comes onto the page. */
  protected abstract start(): void;

  /** Called with the cart after each change of it; with null where it cannot be read. */
  heard(cart: AjaxCart | null) {
    if (cart) this.takeCart(cart);
  }

  /** Notes what is in the cart, and shows it where that changes anything. */
  protected takeCart(_cart: AjaxCart) {}

  /** Called when the variant or the quantity of the page's own form may have changed. */
  pageChanged() {}

  /** The lines that go along with so many units of a variant, where the theme adds one product. */
  linesFor(_variant: string, _quantity: number): readonly JoinedLine[] {
    return [];
  }

  /** The page was shown again, perhaps as the browser has kept it. */
  shownAgain(_event: PageTransitionEvent) {}

  /** A text with its value and its amount. */
  words(place: TextPlace, value: string | number = "", amount: Hundredths = 0): string {
    return textAt(place).replace(/[%#]/g, (mark) => (mark === "%" ? `${value}` : this.money(amount)));
  }

  /** The part that Liquid marked with `data-<name>`; it may be absent, whatever the type says. */
  at<Part extends HTMLElement = HTMLElement>(name: string, within: Element = this): Part {
    return within.querySelector<Part>(`[data-${name}]`)!;
  }

  /** All parts marked with `data-<name>`. */
  all<Part extends HTMLElement = HTMLElement>(name: string): Part[] {
    return [...this.querySelectorAll<Part>(`[data-${name}]`)];
  }

  /** Writes a text into the part marked with `data-<name>`. */
  put(name: string, text: string) {
    put(this.at(name), text);
  }

  /** Says something in the live region, the part `status`, and returns that. */
  say(text: string, tone = ""): HTMLElement {
    const status = this.at("status");
    status.dataset.tone = tone;
    status.textContent = text;
    return status;
  }

  /** Says that something was refused, and the shop's reason. */
  sayRefused(place: TextPlace, reason = ""): HTMLElement {
    return this.say(`${this.words(place)} ${reason}`.trim(), "error");
  }

  /**
   * Writes a price as the snippet `tsuide-price` renders it: what is to be paid in its `b`, the regular price in its `s`,
   * and the saving in its `i` where it has one. What is no saving is empty, and the styles hide it.
   *
   * @param now What is to be paid.
   * @param saving How the saving is written, with "#".
   * @param text How the price is written, where it is more than an amount.
   */
  showPrice(
    within: Element,
    before: Hundredths,
    now: Hundredths,
    saving: TextPlace = TEXTS.price.saving,
    text = this.money(now),
  ) {
    const [price, regular, saved] = [..."bsi"].map((name) => within.querySelector<HTMLElement>(name));
    put(price!, text);
    const isLower = now < before;
    put(regular!, isLower ? this.money(before) : "");
    if (saved) put(saved, isLower ? this.words(saving, "", before - now) : "");
  }
}

/** Writes a text where it differs: a live region reads out every write. */
export function put(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes a text into the last part, marked with `data-<name>`, which is missing as long as it has been empty. */
export function putLast(within: Element, name: string, text: string) {
  let part = within.querySelector<HTMLElement>(`[data-${name}]`);
  if (!part && text) {
    part = document.createElement("span");
    part.dataset[name] = "";
    within.append(" ", part);
  }
  if (part) put(part, text);
}
