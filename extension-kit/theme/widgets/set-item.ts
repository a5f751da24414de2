import type { Addable } from "../core/adding-widget.ts";
import { type AjaxLine, ask } from "../core/ajax-cart.ts";
import { textAt } from "../core/texts.ts";
import { VariantChoice } from "../core/variant-choice.ts";
import { put, putLast } from "../core/widget.ts";

/** What Shopify's `/products/<handle>.js` says of pictures. */
interface Pictured {
  readonly featured_image: string | null;
  readonly variants: readonly { readonly id: number; readonly featured_image: { readonly src: string } | null }[];
}

/** One product of a set, as Liquid has rendered it: its checkbox and its variants. */
export class SetItem extends VariantChoice implements Addable {
  declare quantity: number;
  declare isAdded: boolean;
  /** Absent on the page's own product, which is always part of the set. */
  declare readonly tick: HTMLInputElement | null;
  declare readonly title: string;
  declare readonly minimum: number;
  declare readonly element: HTMLElement;
  declare readonly claimed: Addable["claimed"];
  readonly #pickers: HTMLSelectElement[];
  readonly #image: HTMLImageElement | null;
  /** The product with its pictures; without an answer where the shop gives none. */
  #product?: ReturnType<typeof ask<Pictured>>;

  constructor(element: HTMLElement, claimed: Addable["claimed"]) {
    const part = <Part extends HTMLElement>(name: string) => element.querySelector<Part>(`[data-${name}]`);
    super(part<HTMLSelectElement>("variant") ?? part<HTMLInputElement>("tick")!);
    this.element = element;
    this.claimed = claimed;
    this.tick = part<HTMLInputElement>("tick");
    this.title = part("title")!.textContent.trim();
    this.minimum = this.quantity = Number(element.dataset.least ?? 1);
    this.isAdded = element.hasAttribute("data-in-cart");
    this.#pickers = [...element.querySelectorAll<HTMLSelectElement>("[data-option]")];
    for (const picker of this.#pickers) picker.addEventListener("change", () => this.#pick(picker));
    const choose = element.querySelector<HTMLOptionElement>('option[value=""]');
    // Without a script, choosing a variant is what ticks the product.
    if (choose) {
      if (!choose.selected) this.tick!.checked = true;
      choose.remove();
    }
    if (this.tick) this.tick.hidden = false;
    this.#image = element.querySelector("img");
    this.field.addEventListener("change", () => void this.#variantChanged());
    this.#showPicked();
  }

  /**
   * A companion counts by its product, whatever its variant; the page's own product by its variant, where it is bought
   * once: a subscription is not part of a set. As it was where no lines are known.
   */
  isIn(lines: readonly AjaxLine[] | undefined): boolean {
    if (!lines) return this.isAdded;
    return lines.some(({ product_id, variant_id, selling_plan_allocation: plan }) =>
      this.tick ? String(product_id) === this.element.dataset.item : !plan && String(variant_id) === this.id,
    );
  }

  choose(id: string) {
    this.id = id;
    void this.#variantChanged();
  }

  /** Chooses the variant with the option just picked that keeps most of the others. */
  #pick(picked: HTMLSelectElement) {
    const pickers = this.#pickers;
    const wanted = pickers.map(({ value }) => value);
    // What was just picked counts more than all others: a product has three options at most.
    const weights = pickers.map((picker) => (picker === picked ? 9 : 1));
    const kept = (option: HTMLElement) =>
      valuesOf(option, pickers).reduce((sum, value, at) => sum + (value === wanted[at] ? weights[at]! : 0), 0);
    this.choose(this.all().sort((a, b) => kept(b) - kept(a))[0]!.value);
  }

  #showPicked() {
    const values = valuesOf(this.option, this.#pickers);
    this.#pickers.forEach((picker, at) => (picker.value = values[at]!));
  }

  async #variantChanged() {
    this.#showPicked();
    const { element, id } = this;
    if (!this.#image || !element.dataset.url) return;
    const { answer } = await (this.#product ??= ask<Pictured>(`${element.dataset.url}.js`));
    const variant = answer?.variants.find((one) => String(one.id) === id);
    const picture = variant?.featured_image?.src ?? answer?.featured_image;
    if (!picture || id !== this.id) return;
    this.#image.removeAttribute("srcset");
    this.#image.src = `${picture}${picture.includes("?") ? "&" : "?"}width=160`;
  }

  show() {
    const title = this.element.querySelector("[data-variant-title]");
    if (title && this.variantTitle !== null) put(title, this.variantTitle);
    this.element.toggleAttribute("data-in-cart", this.isAdded);
    const price = this.element.querySelector("b")!.parentElement!;
    putLast(price, "state", this.isAdded ? textAt(TEXTS.bought_together.in_cart) : "");
    if (this.tick) this.tick.disabled = this.isAdded;
  }
}

/** What Shopify writes between the option values of a variant's title. */
const BETWEEN = " / ";

function valuesOf(option: HTMLElement, pickers: readonly HTMLSelectElement[]): string[] {
  let remaining = option.textContent.trim() + BETWEEN;
  return pickers.map(({ options }) => {
    const value = [...options].map((each) => each.value).find((each) => remaining.startsWith(each + BETWEEN)) ?? "";
    remaining = remaining.slice((value + BETWEEN).length);
    return value;
  });
}
