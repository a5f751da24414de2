import { type Addable, AddingWidget } from "../core/adding-widget.ts";
import { addressOf, type AjaxCart, decline, DECLINED, fetchPage } from "../core/ajax-cart.ts";
import { discounted } from "../core/money.ts";
import { VariantChoice } from "../core/variant-choice.ts";
import { notifyWatchers } from "../core/watch-cart.ts";

/**
 * What goes with the cart. Liquid ranks and renders it: after each change of the cart its list is taken from the shop's
 * cart page, or from its own section on other pages.
 */
export class CartSuggestions extends AddingWidget {
  /** What was pressed last. */
  #wanted?: Addable;

  protected override start() {
    super.start();
    if (this.dataset.cart) return;
    // In a drawer that is closed, the list waits until somebody opens it.
    const observer = new IntersectionObserver((entries) => {
      if (!this.dataset.cart && entries.some(({ isIntersecting }) => isIntersecting)) void this.#refresh();
    });
    observer.observe(this.parentElement!);
    this.signal.addEventListener("abort", () => observer.disconnect());
  }

  protected override submit(form: HTMLFormElement): Promise<void> {
    if (!form.dataset.off) return this.#decline();
    const { id, amount } = this.#variantIn(form);
    const claimed = form.querySelector<HTMLInputElement>("[name^=properties]")?.value;
    const title = this.at("title", form).textContent;
    this.#wanted = { id, title, amount, quantity: 1, claimed };
    return this.add([this.#wanted], this.at("add", form));
  }

  #variantIn = (form: HTMLElement) => new VariantChoice(this.at<HTMLSelectElement>("variant", form));

  async #decline() {
    this.hidden = true;
    notifyWatchers(await decline());
  }

  protected override takeCart(cart: AjaxCart) {
    if (this.#wanted) this.#wanted.isAdded = cart.items.some(({ variant_id: id }) => String(id) === this.#wanted!.id);
    if (cart.attributes?.[DECLINED]) this.hidden = true;
    else if (this.dataset.cart !== `${cart.item_count}:${cart.total_price}`) void this.#refresh();
  }

  async #refresh() {
    const { fromSection: section } = this.dataset;
    const address = new URL(section ? location.href : addressOf("cart"), location.href);
    if (section) address.searchParams.set("section_id", section);
    const page = await fetchPage(address.href);
    const fresh = page?.getElementById(this.id);
    if (!fresh) return;
    const list = this.at("list");
    // What had the focus may be gone: the sentence that says why is there.
    if (list.contains(document.activeElement)) this.at("status").focus();
    // A list that waited has had no texts yet.
    Object.assign(this.dataset, fresh.dataset);
    for (const part of ["list", "plan"]) this.at(part).replaceWith(this.at(part, fresh));
    this.show();
  }

  protected show() {
    for (const form of this.all("item")) {
      const { amount } = this.#variantIn(form);
      this.showPrice(form, amount, discounted(amount, Number(form.dataset.off), this.unit));
      this.showButton(this.at("add", form));
    }
    const isEmpty = this.at("list").hidden && !this.at("plan").firstElementChild;
    this.hidden = isEmpty && this.at("status").textContent === "";
  }
}
