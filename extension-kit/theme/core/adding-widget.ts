import { addToCart } from "./add-to-cart.ts";
import { addressOf, type AjaxCart, readCart, variantOf } from "./ajax-cart.ts";
import type { Hundredths } from "./money.ts";
import { claimsIn } from "./claims.ts";
import { ADDED, type Outcome, REFUSED, UNKNOWN } from "./outcome.ts";
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
  #pressed?: HTMLElement | undefined;
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
    // The theme drew its section again, with the button that had the focus: what came of it is still to be read.
    if (answered?.[0] === this.localName && !answered[1].isConnected && document.activeElement === document.body) {
      this.at("status")?.replaceWith(answered[1]);
      answered[1].focus();
    }
    this.show();
  }

  /** What the button `add` adds. */
  protected get chosen(): readonly Addable[] {
    return [];
  }

  /** Called when a form of the widget is sent. */
  protected submit(_form: HTMLFormElement): Promise<unknown> {
    return this.add(this.chosen, this.at("add"));
  }

  /** Brings the widget up to date, its buttons by {@link showButton}. */
  protected abstract show(): void;

  /** Called once something was added, before it is shown. */
  protected afterAdding() {}

  /** Shows a button: its label, by default what Liquid rendered, or that it is adding. */
  protected showButton(button: HTMLElement, label = (button.dataset.add ||= button.textContent), isUsable = true) {
    button.setAttribute("aria-disabled", String(!isUsable || !!this.#pressed));
    put(button, button === this.#pressed ? this.words(TEXTS.adding.adding) : label);
  }

  /** Adds what is not in the cart, and says what came of it. Does nothing while an addition is under way. */
  protected async add(wanted: readonly Addable[], button: HTMLElement) {
    if (this.#pressed || !wanted[0]) return;
    this.#press(button);
    this.say("");
    const slow = setTimeout(() => this.say(this.words(TEXTS.adding.slow)), SLOW_AFTER_MS);
    // The page shows first that it is busy.
    await new Promise((done) => setTimeout(done));
    // Pressing again must not buy twice.
    const cart = this.#doubtful && (await readCart());
    if (cart) this.takeCart(cart);
    const open = wanted.filter(({ id, isAdded }) => !cart || !(isAdded || lineOfVariant(cart, id)));
    if (cart === null) this.#tell({ kind: UNKNOWN }, open);
    else if (open[0]) this.#tell(await addToCart(open.map(lineOf), this, button), open);
    else this.#tell({ kind: ADDED }, wanted);
    clearTimeout(slow);
    answered = [this.localName, this.at("status")];
    setTimeout(() => (answered = undefined), DRAWN_WITHIN_MS);
    this.#press();
  }

  /** Says something with a link to the cart, where the shopper may want to look. */
  #sayWithLink(text: string, tone: string) {
    const link = Object.assign(document.createElement("a"), {
      href: addressOf("cart"),
      textContent: this.words(TEXTS.adding.view_cart),
    });
    this.say(text, tone).append(" ", link);
  }

  #press(button?: HTMLElement) {
    this.#pressed = button;
    this.toggleAttribute("data-busy", !!button);
    this.show();
  }

  /** The page came back from the browser's cache: it is not busy any more, and ticks may have been restored. */
  override shownAgain({ persisted }: PageTransitionEvent) {
    if (!persisted) return this.show();
    this.#doubtful ||= !!this.#pressed;
    this.say("");
    this.#press();
  }

  #tell({ kind, message, missing, cart }: Outcome, items: readonly Addable[]) {
    this.#doubtful = kind >= REFUSED && !message;
    if (kind === UNKNOWN) return this.#sayWithLink(this.words(TEXTS.adding.unsure), "error");
    if (kind === REFUSED) return void this.sayRefused(TEXTS.adding.refused, message);
    const absent: string[] = [];
    const changed: string[] = [];
    for (const item of items) {
      const { id, title, amount } = item;
      if (missing?.includes(id)) absent.push(title);
      else item.isAdded = true;
      const { original_price: price = amount } = lineOfVariant(cart, id) ?? {};
      // It may have changed since the page was loaded; in another currency, which another tab has chosen, none compares.
      if (this.minor(price - amount) && cart!.currency === this.currency)
        changed.push(this.words(TEXTS.adding.price_changed, title, price));
    }
    this.did("added", (this.#pressed as HTMLButtonElement).form!);
    this.afterAdding();
    const said = absent[0]
      ? this.words(TEXTS.adding.partly, absent.join(", "))
      : this.words(TEXTS.adding.added, unitsOf(items));
    this.#sayWithLink([said, ...changed].join(" "), absent[0] ? "error" : "done");
  }
}

const lineOfVariant = (cart: AjaxCart | null | undefined, id: string) =>
  cart?.items.find((line) => variantOf(line) === id);

/** What is sent of it. Without a claim it has no property. */
const lineOf = ({ id, quantity, claimed }: Addable) => ({
  ...{ id: Number(id), quantity },
  ...(claimed && { properties: { _tsuide: claimed } }),
});

/** Units of several lines together. */
export const unitsOf = (items: readonly Addable[]) => items.reduce((sum, { quantity }) => sum + quantity, 0);

/** What a form without a script would claim for the line that it adds. */
export const claimOf = (form: HTMLElement) => claimsIn(form)[0];
