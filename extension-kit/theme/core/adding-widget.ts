import { addToCart } from "./add-to-cart.ts";
import { type AjaxCart, type AjaxLine, readCart } from "./ajax-cart.ts";
import type { Hundredths } from "./money.ts";
import type { Outcome } from "./outcome.ts";
import { watchCart } from "./watch-cart.ts";
import { put, Widget } from "./widget.ts";

const SLOW_AFTER_MS = 15_000;

/** Texts of the snippet `tsuide-adding-texts`. */
type AddingText = "added" | "adding" | "partly" | "priceChanged" | "refused" | "slow" | "unsure" | "viewCart";

/** Something that a widget can add. */
export interface Addable {
  /** Variant id as text. */
  readonly id: string;
  readonly title: string;
  /** Price of one unit as the page shows it, before discounts. */
  readonly amount: Hundredths;
  readonly quantity: number;
  inCart: boolean;
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * A widget that adds to the cart. It tells the shopper what came of it in its part `status`, and never adds twice what
 * was pressed twice or what an answer that was lost may have added.
 */
export abstract class AddingWidget<Text extends string = never> extends Widget<Text | AddingText> {
  /** The button of the addition that is under way. */
  #pressed: HTMLElement | null = null;
  /** Whether the last answer was lost: the cart is read before anything is added again. */
  #doubtful = false;

  protected start() {
    addEventListener("pageshow", (event) => this.#restore(event), { signal: this.signal });
    watchCart((cart) => cart && this.takeCart(cart), this.signal);
  }

  /** Notes what is in the cart (in each {@link Addable} as well), and shows it. */
  protected abstract takeCart(cart: AjaxCart): void;

  /** Brings the widget up to date, its buttons by {@link showButton}. */
  protected abstract show(): void;

  /** Called once something was added, before it is shown. */
  protected added() {}

  /** Shows a button: its label, or that it is adding. */
  protected showButton(button: HTMLElement, label: string, isUsable = true) {
    button.setAttribute("aria-disabled", String(!isUsable || this.#pressed !== null));
    put(button, button === this.#pressed ? this.texts.adding : label);
  }

  /** Adds what is not in the cart, and says what came of it. Does nothing while an addition is under way. */
  protected async add(wanted: readonly Addable[], button: HTMLElement) {
    if (this.#pressed || wanted.length === 0) return;
    this.#press(button);
    this.say("");
    const slow = setTimeout(() => this.say(this.texts.slow), SLOW_AFTER_MS);
    // Pressing again must not buy twice.
    const cart = this.#doubtful ? await readCart() : null;
    if (cart) this.takeCart(cart);
    const open = wanted.filter((item) => !cart || !item.inCart);
    if (this.#doubtful && !cart) this.#tell({ code: "unknown" }, []);
    else if (open.length === 0) this.#tell({ code: "added", cart }, wanted);
    else this.#tell(await this.#send(open, button), open);
    clearTimeout(slow);
    this.#press(null);
  }

  #send(items: readonly Addable[], button: HTMLElement): Promise<Outcome> {
    const lines = items.map(({ id, quantity, properties }) => ({
      ...{ id: Number(id), quantity },
      ...(properties && { properties }),
    }));
    return addToCart(lines, { from: this, button });
  }

  /** Says something with a link to the cart, where the shopper may want to look. */
  #sayWithLink(text: string, tone: string) {
    const status = this.say(text, tone);
    const { cartUrl } = this.dataset;
    if (!cartUrl) return;
    const link = Object.assign(document.createElement("a"), { href: cartUrl, textContent: this.texts.viewCart });
    status.append(" ", link);
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
    this.#doubtful = code === "unknown" || (code === "refused" && message === "");
    if (code === "unknown") return this.#sayWithLink(this.texts.unsure, "error");
    if (code === "refused") return void this.say(`${this.texts.refused} ${message}`.trim(), "error");
    const absent = items.filter(({ id }) => missing.includes(id));
    for (const item of items) item.inCart ||= !absent.includes(item);
    this.added();
    const said =
      absent.length > 0
        ? this.text("partly", absent.map(({ title }) => title).join(", "))
        : this.text("added", unitsOf(items));
    const prices = items.flatMap((item) => this.#changedPrice(item, cart?.items.find(isOf(item))) ?? []);
    this.#sayWithLink([said, ...prices].join(" "), absent.length > 0 ? "error" : "done");
  }

  /** A sentence where the price has changed since the page was loaded. */
  #changedPrice({ title, amount }: Addable, { original_price: price = amount }: Partial<AjaxLine> = {}) {
    if (Math.abs(price - amount) < 0.01) return null;
    return this.text("priceChanged", title).replace("%", () => this.money(price));
  }
}

const isOf = (item: Addable) => (line: AjaxLine) => String(line.variant_id ?? line.id) === item.id;

/** Units of several lines together. */
export const unitsOf = (items: readonly Addable[]) => items.reduce((sum, { quantity }) => sum + quantity, 0);
