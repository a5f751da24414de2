import { type Addable, AddingWidget, claimOf } from "./adding-widget.ts";
import type { AjaxCart } from "./ajax-cart.ts";
import { discounted } from "./money.ts";
import { VariantChoice } from "./variant-choice.ts";

/** A widget of rows as the snippet `tsuide-suggestion` renders them, each with a button that adds its product. */
export abstract class RowWidget extends AddingWidget {
  /** What was pressed last. */
  #wanted?: Addable;

  protected override submit(form: HTMLFormElement): Promise<void> {
    const { id, amount } = this.#variantIn(form);
    const title = this.at("title", form).textContent;
    this.#wanted = { id, title, amount, quantity: 1, claimed: claimOf(form) };
    return this.add([this.#wanted], this.at("add", form));
  }

  #variantIn = (form: HTMLElement) => new VariantChoice(this.at<HTMLSelectElement>("variant", form));

  protected override takeCart(cart: AjaxCart) {
    if (this.#wanted) this.#wanted.isAdded = cart.items.some(({ variant_id: id }) => String(id) === this.#wanted!.id);
  }

  protected show() {
    for (const form of this.all("item")) {
      const { amount } = this.#variantIn(form);
      this.showPrice(form, amount, discounted(amount, Number(form.dataset.off), this.unit));
      this.showButton(this.at("add", form));
    }
  }
}
