import { type TierInCurrency, tierPriceMinor } from "../../domain.ts";
import type { AjaxCart } from "../core/ajax-cart.ts";
import { type Hundredths, readTiers } from "../core/money.ts";
import { productForm, type ProductForm } from "../core/product-form.ts";
import { VariantChoice } from "../core/variant-choice.ts";
import { put, Widget } from "../core/widget.ts";

/**
 * Quantity breaks: the page's own quantity and these choices follow each other. Where the page has no field for a
 * quantity, the widget's own form adds what is chosen.
 */
export class QuantityBreaks extends Widget {
  #tiers!: readonly TierInCurrency[];
  #choices!: NodeListOf<HTMLInputElement>;
  #variant!: VariantChoice;
  #page!: ProductForm;
  /** What is in the cart of this product: variants with their units. */
  #inCart!: (readonly [variant: string, units?: string | number])[];

  protected override prepare() {
    const { tiers, inCart = "" } = this.dataset;
    this.#tiers = readTiers(tiers!);
    this.#choices = this.querySelectorAll("[type=radio]");
    this.#variant = new VariantChoice(this.at<HTMLSelectElement>("variant"));
    this.#inCart = inCart.split(",").map((entry) => entry.split(":") as [string, string]);
    this.querySelector("form")!.addEventListener("change", () => {
      this.#page.setQuantity(this.#chosen);
      this.pageChanged();
    });
  }

  protected start() {
    this.#page = productForm(this, this.#variant);
    this.pageChanged();
  }

  protected override takeCart({ items }: AjaxCart) {
    const own = items.filter(({ product_id }) => String(product_id) === this.dataset.product);
    this.#inCart = own.map(({ variant_id, quantity }) => [String(variant_id), quantity!]);
    this.pageChanged();
  }

  /** Quantity of the choice that is selected. */
  get #chosen(): number {
    return Number(this.querySelector<HTMLInputElement>("input:checked")?.value);
  }

  /** What one unit costs among so many. */
  #priceAt(units: number): Hundredths {
    return tierPriceMinor(this.#tiers, units, this.minor(this.#variant.amount)) * this.unit;
  }

  /** Units in the cart, of all variants or of this one. */
  #count(all: boolean): number {
    return this.#inCart.reduce(
      (sum, [id, units = 0]) => (all || id === this.#variant.id ? sum + Number(units) : sum),
      0,
    );
  }

  override pageChanged() {
    const { variant, quantity } = this.#page.read();
    this.#variant.id = variant;
    // Its own form is for pages without a field for the quantity.
    this.toggleAttribute("data-own-form", !quantity);
    const units = quantity || this.#chosen;
    const { amount } = this.#variant;
    /** Units that can still be added, and those in the cart that count together with them. */
    const room = this.#variant.most - this.#count(false);
    const inCart = this.#count("together" in this.dataset);
    const eachInCart = this.#priceAt(inCart);
    let saves = eachInCart < amount;
    let next = "";
    let reached = this.#choices[0]!;
    for (const choice of this.#choices) {
      const label = choice.parentElement!;
      const from = Number(choice.value);
      const missing = from - inCart;
      const each = this.#priceAt(from);
      if (!next && missing > 0 && missing <= room && each < eachInCart)
        next = " " + this.words(TEXTS.quantity_breaks.next, missing, each);
      label.hidden = choice !== this.#choices[0] && from > room;
      if (!label.hidden) {
        saves ||= each < amount;
        if (from <= units) reached = choice;
      }
      this.showPrice(
        label,
        amount,
        each,
        TEXTS.quantity_breaks.saving_each,
        this.words(TEXTS.quantity_breaks.each, "", each),
      );
    }
    reached.checked = true;
    const note = this.at("cart");
    note.hidden = !inCart;
    put(note, this.words(TEXTS.quantity_breaks.in_cart, inCart, eachInCart) + next);
    const total = this.at("total");
    put(total.firstElementChild!, this.words(TEXTS.quantity_breaks.total, units));
    this.showPrice(total, units * amount, units * this.#priceAt(units + inCart));
    this.hidden = !(saves || next) || !this.#variant.available;
  }
}
