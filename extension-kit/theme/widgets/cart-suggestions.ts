import { addressOf, type AjaxCart, decline, DECLINED, fetchPage } from "../core/ajax-cart.ts";
import { RowWidget } from "../core/row-widget.ts";
import { notifyWatchers } from "../core/watch-cart.ts";

/**
 * What goes with the cart. Liquid ranks and renders it: after each change of the cart its list is taken from the shop's
 * cart page, or from its own section on other pages.
 */
export class CartSuggestions extends RowWidget {
  protected override start() {
    super.start();
    if (!this.dataset.cart) this.whenSeen(() => this.dataset.cart || void this.#refresh());
  }

  protected override submit(form: HTMLFormElement): Promise<void> {
    return form.dataset.off ? super.submit(form) : this.#decline();
  }

  async #decline() {
    this.hidden = true;
    this.did("declined");
    notifyWatchers(await decline());
  }

  protected override takeCart(cart: AjaxCart) {
    super.takeCart(cart);
    if (cart.attributes?.[DECLINED]) this.hidden = true;
    else if (this.dataset.cart !== `${cart.item_count}:${cart.total_price}`) void this.#refresh();
  }

  async #refresh() {
    const { fromSection: section } = this.dataset;
    const address = new URL(section ? location.href : addressOf("cart"), location.href);
    if (section) address.searchParams.set("section_id", section);
    const page = await fetchPage(address.href);
    const fresh = page?.getElementById(this.id);
    if (fresh) this.renew(fresh, ["list", "plan"]);
  }

  protected override show() {
    super.show();
    const isEmpty = this.at("list").hidden && !this.at("plan").firstElementChild;
    this.hidden = isEmpty && this.at("status").textContent === "";
  }
}
