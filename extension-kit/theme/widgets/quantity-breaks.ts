import { type TierInCurrency, tierPriceMinor } from "../../domain.ts";
import type { AjaxCart } from "../core/ajax-cart.ts";
import { type Hundredths, readTiers } from "../core/money.ts";
import { followForm, type ProductForm } from "../core/product-form.ts";
import { VariantChoice } from "../core/variant-choice.ts";
import { watchCart } from "../core/watch-cart.ts";
import { put, Widget } from "../core/widget.ts";

/**
 * Quantity breaks: the page's own quantity and these choices follow each other. Where the page has no field for a
 * quantity, the widget's own form adds what is chosen.
 */
export class QuantityBreaks extends Widget {
  #tiers: readonly TierInCurrency[] = [];
  #choices: HTMLInputElement[] = [];
  #variant!: VariantChoice;
  #page!: ProductForm;
  /** What is in the cart of this product: variants with their units. */
  #inCart: (readonly [variant: string, units: string | number])[] = [];

  protected override prepare() {
    const { tiers = "", inCart = "" } = this.dataset;
    this.#tiers = readTiers(tiers);
    this.#choices = [...this.querySelectorAll<HTMLInputElement>("[type=radio]")];
    this.#variant = new VariantChoice(this.at<HTMLSelectElement>("variant"));
    this.#inCart = inCart.split(",").map((entry) => entry.split(":") as [string, string]);
    this.querySelector("form")!.addEventListener("change", () => {
      this.#page.setQuantity(this.#chosen);
      this.#show();
    });
  }

  protected start() {
    this.#page = followForm(this, this.#variant, () => this.#show(), this.signal);
    watchCart((cart) => this.#takeCart(cart), this.signal);
    this.#show();
  }

  #takeCart(cart: AjaxCart | null) {
    if (!cart) return;
    const own = cart.items.filter(({ product_id }) => String(product_id) === this.dataset.product);
    this.#inCart = own.map(({ variant_id, quantity = 0 }) => [String(variant_id), quantity]);
    this.#show();
  }

  /** Quantity of the choice that is selected. */
  get #chosen(): number {
    return Number(this.#choices.find(({ checked }) => checked)?.value);
  }

  /** What one unit costs among so many. */
  #priceAt(units: number): Hundredths {
    return tierPriceMinor(this.#tiers, units, this.minor(this.#variant.amount)) * this.unit;
  }

  #show() {
    const { variant, quantity } = this.#page.read();
    if (this.#variant.knows(variant)) this.#variant.id = variant;
    // Its own form is for pages without a field for the quantity.
    this.toggleAttribute("data-own-form", quantity === 0);
    const units = quantity || this.#chosen;
    const { amount } = this.#variant;
    let saves = this.#showCart();
    let reached = this.#choices[0]!;
    for (const choice of this.#choices) {
      const { parentElement } = choice;
      const from = Number(choice.value);
      const each = this.#priceAt(from);
      const isOffered = choice === this.#choices[0] || from <= this.#room;
      parentElement!.hidden = !isOffered;
      saves ||= isOffered && each < amount;
      if (isOffered && from <= units) reached = choice;
      this.showPrice(
        parentElement!,
        amount,
        each,
        TEXTS.quantity_breaks.saving_each,
        this.text(TEXTS.quantity_breaks.each, "", each),
      );
    }
    reached.checked = true;
    const total = this.at("total");
    put(total.firstElementChild!, this.text(TEXTS.quantity_breaks.total, units));
    this.showPrice(total, units * amount, units * this.#priceAt(units + this.#unitsInCart));
    this.hidden = !saves || !this.#variant.available;
  }

  /** Units of the variant that can still be added. */
  get #room(): number {
    return this.#variant.most - this.#count(false);
  }

  /** Units in the cart that count together with those chosen. */
  get #unitsInCart(): number {
    return this.#count(this.dataset.together !== undefined);
  }

  /** Units in the cart, of all variants or of this one. */
  #count(all: boolean): number {
    const counted = this.#inCart.filter(([variant]) => variant && (all || variant === this.#variant.id));
    return counted.reduce((sum, [, units]) => sum + Number(units), 0);
  }

  /** Whether what is in the cart costs less, or would with a few units more. */
  #showCart(): boolean {
    const inCart = this.#unitsInCart;
    const each = this.#priceAt(inCart);
    const next = this.#choices
      .map(({ value }) => Number(value))
      .find((units) => units > inCart && units - inCart <= this.#room && this.#priceAt(units) < each);
    const note = this.at("cart");
    const more = next ? ` ${this.text(TEXTS.quantity_breaks.next, next - inCart, this.#priceAt(next))}` : "";
    note.hidden = inCart === 0;
    put(note, this.text(TEXTS.quantity_breaks.in_cart, inCart, each) + more);
    return !!next || each < this.#variant.amount;
  }
}
