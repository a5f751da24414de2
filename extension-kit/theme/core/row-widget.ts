import { type Addable, AddingWidget, claimOf } from "./adding-widget.ts";
import { type AjaxCart, variantOf } from "./ajax-cart.ts";
import { discounted } from "./money.ts";
import { VariantChoice } from "./variant-choice.ts";

/** A widget of rows as the snippet `tsuide-suggestion` renders them, each with a button that adds its product. */
export abstract class RowWidget extends AddingWidget {
  /** Takes parts over from the widget as the shop renders it now. */
  protected renew(fresh: HTMLElement, parts: readonly string[]) {
    // What had the focus may be gone: the sentence that says why is there.
    if (parts.some((name) => this.at(name)?.contains(document.activeElement))) this.at("status").focus();
    Object.assign(this.dataset, fresh.dataset);
    for (const name of parts) this.at(name)?.replaceWith(this.at(name, fresh) ?? "");
    this.show();
    this.follow();
  }

  /** What was pressed last. */
  #wanted: Addable[] = [];

  /** Adds all that a form holds, of which each product has a `data-variant` and a `data-title`. */
  protected override submit(form: HTMLFormElement): Promise<void> {
    const claimed = claimOf(form);
    const titles = form.querySelectorAll("[data-title]");
    this.#wanted = [...form.querySelectorAll<HTMLSelectElement>("[data-variant]")].map((field, place) => {
      const { id, amount } = new VariantChoice(field);
      return { id, title: titles[place]!.textContent, amount, quantity: 1, claimed };
    });
    return this.add(this.#wanted, this.at("add", form));
  }

  protected override takeCart(cart: AjaxCart) {
    for (const item of this.#wanted) item.isAdded = cart.items.some((line) => variantOf(line) === item.id);
  }

  protected show() {
    for (const form of this.all("item")) {
      const { amount } = new VariantChoice(this.at<HTMLSelectElement>("variant", form));
      this.showPrice(form, amount, discounted(amount, Number(form.dataset.off), this.unit));
    }
    for (const button of this.all("add")) this.showButton(button);
  }
}
