import { addToCart } from "./add-to-cart.ts";
import { addressOf, type AjaxCart, type AjaxLine, readCart, variantOf } from "./ajax-cart.ts";
import type { Hundredths } from "./money.ts";
import { claimsIn } from "./claims.ts";
import { ADDED, type Outcome, REFUSED, UNKNOWN } from "./outcome.ts";
import { watchCart } from "./watch-cart.ts";
import { put, Widget } from "./widget.ts";

const SLOW_AFTER_MS = 15_000;
/** How soon after an addition themes draw the section again that the widget is in. */
const DRAWN_WITHIN_MS = 5_000;

/** What was said last, and in the widget of which name. */
let answered: readonly [name: string, status: HTMLElement] | undefined;

/** Something that a widget can add. */
export interface Addable {
  /** Variant id as text. */
  readonly id: string;
  readonly title: string;
  /** Price of one unit as the page shows it, before discounts. */
  readonly amount: Hundredths;
  readonly quantity: number;
  /** Whether it is in the cart already; absent means no. */
  isAdded?: boolean;
  /** What its line claims; absent where it is not added from an offer. */
  readonly claimed?: string | undefined;
}

/**
 * A widget that adds to the cart what its form has chosen. It tells the shopper what came of it in its part `status`,
 * and never adds twice what was pressed twice or what an answer that was lost may have added.
 */
export abstract class AddingWidget extends Widget {
  /** The button of the addition that is under way. */
  #pressed: HTMLElement | null = null;
  /** Whether the last answer was lost: the cart is read before anything is added again. */
  #doubtful = false;

  protected override prepare() {
    this.addEventListener("change", () => this.show());
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit(event.target as HTMLFormElement);
    });
  }

  protected start() {
    addEventListener("pageshow", (event) => this.#restore(event), { signal: this.signal });
    watchCart((cart) => cart && this.takeCart(cart), this.signal);
    const [name, status] = answered ?? [];
    // The theme drew its section again, with the button that had the focus: what came of it is still to be read.
    if (name === this.localName && !status!.isConnected && document.activeElement === document.body) {
      this.at("status")?.replaceWith(status!);
      status!.focus();
    }
    this.show();
  }

  /** What the button `add` adds. */
  protected get chosen(): readonly Addable[] {
    return [];
  }

  /** Called when a form of the widget is sent. */
  protected submit(_form: HTMLFormElement): Promise<void> {
    return this.add(this.chosen, this.at("add"));
  }

  /** Notes what is in the cart (in each {@link Addable} as well), and shows it where that changes anything. */
  protected takeCart(_cart: AjaxCart) {}

  /** Brings the widget up to date, its buttons by {@link showButton}. */
  protected abstract show(): void;

  /** Called once something was added, before it is shown. */
  protected afterAdding() {}

  /** Shows a button: its label, by default what Liquid rendered, or that it is adding. */
  protected showButton(button: HTMLElement, label = (button.dataset.add ||= button.textContent), isUsable = true) {
    button.setAttribute("aria-disabled", String(!isUsable || this.#pressed !== null));
    put(button, button === this.#pressed ? this.text(TEXTS.adding.adding) : label);
  }

  /** Adds what is not in the cart, and says what came of it. Does nothing while an addition is under way. */
  protected async add(wanted: readonly Addable[], button: HTMLElement) {
    if (this.#pressed || wanted.length === 0) return;
    this.#press(button);
    this.say("");
    const slow = setTimeout(() => this.say(this.text(TEXTS.adding.slow)), SLOW_AFTER_MS);
    // Pressing again must not buy twice.
    const cart = this.#doubtful ? await readCart() : null;
    if (cart) this.takeCart(cart);
    const open = wanted.filter((item) => !cart || !item.isAdded);
    if (this.#doubtful && !cart) this.#tell({ code: UNKNOWN }, []);
    else if (open.length === 0) this.#tell({ code: ADDED, cart }, wanted);
    else this.#tell(await this.#send(open, button), open);
    clearTimeout(slow);
    answered = [this.localName, this.at("status")];
    setTimeout(() => (answered = undefined), DRAWN_WITHIN_MS);
    this.#press(null);
  }

  #send(items: readonly Addable[], button: HTMLElement): Promise<Outcome> {
    const lines = items.map(({ id, quantity, claimed }) => ({
      ...{ id: Number(id), quantity },
      ...(claimed && { properties: { _tsuide: claimed } }),
    }));
    return addToCart(lines, { from: this, button });
  }

  /** Says something with a link to the cart, where the shopper may want to look. */
  #sayWithLink(text: string, tone: string) {
    const link = Object.assign(document.createElement("a"), {
      href: addressOf("cart"),
      textContent: this.text(TEXTS.adding.view_cart),
    });
    this.say(text, tone).append(" ", link);
  }

  #press(button: HTMLElement | null) {
    this.#pressed = button;
    this.toggleAttribute("data-busy", !!button);
    this.show();
  }

  /** The page came back from the browser's cache: it is not busy any more, and ticks may have been restored. */
  #restore({ persisted }: PageTransitionEvent) {
    if (!persisted) return this.show();
    this.#doubtful ||= !!this.#pressed;
    this.say("");
    this.#press(null);
  }

  #tell({ code, message = "", missing = [], cart }: Outcome, items: readonly Addable[]) {
    this.#doubtful = code === UNKNOWN || (code === REFUSED && message === "");
    if (code === UNKNOWN) return this.#sayWithLink(this.text(TEXTS.adding.unsure), "error");
    if (code === REFUSED) return void this.sayRefused(TEXTS.adding.refused, message);
    const absent = items.filter(({ id }) => missing.includes(id));
    for (const item of items) item.isAdded ||= !absent.includes(item);
    this.did("added", (this.#pressed as HTMLButtonElement).form!);
    this.afterAdding();
    const said =
      absent.length > 0
        ? this.text(TEXTS.adding.partly, absent.map(({ title }) => title).join(", "))
        : this.text(TEXTS.adding.added, unitsOf(items));
    const prices = items.flatMap(
      (item) =>
        this.#changedPrice(
          item,
          cart?.items.find((line) => variantOf(line) === item.id),
        ) ?? [],
    );
    this.#sayWithLink([said, ...prices].join(" "), absent.length > 0 ? "error" : "done");
  }

  /** A sentence where the price has changed since the page was loaded. */
  #changedPrice({ title, amount }: Addable, { original_price: price = amount }: Partial<AjaxLine> = {}) {
    if (Math.abs(price - amount) < 0.01) return null;
    return this.text(TEXTS.adding.price_changed, title, price);
  }
}

/** Units of several lines together. */
export const unitsOf = (items: readonly Addable[]) => items.reduce((sum, { quantity }) => sum + quantity, 0);

/** What a form without a script would claim for the line that it adds. */
export const claimOf = (form: HTMLElement) => claimsIn(form)[0];
