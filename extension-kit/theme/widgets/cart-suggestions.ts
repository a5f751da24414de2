import { addressOf, type AjaxCart, decline, DECLINED } from "../core/ajax-cart.ts";
import { RowWidget } from "../core/row-widget.ts";

/**
 * What goes with the cart. Liquid ranks and renders it: after each change of the cart its list is taken from the shop's
 * cart page, or from its own section on other pages.
 */
export class CartSuggestions extends RowWidget {
  protected override start() {
    super.start();
    if (!this.dataset.cart) this.whenSeen(() => this.dataset.cart || this.#refresh());
  }

  protected override submit(form: HTMLFormElement): Promise<unknown> {
    if (form.dataset.off) return super.submit(form);
    this.hidden = true;
    this.did("declined");
    return decline();
  }

  protected override takeCart(cart: AjaxCart) {
    super.takeCart(cart);
    if (cart.attributes?.[DECLINED]) this.hidden = true;
    else if (this.dataset.cart !== `${cart.item_count}:${cart.total_price}`) this.#refresh();
  }

  #refresh() {
    const { fromSection: section } = this.dataset;
    const here = new URL(location.href);
    if (section) here.searchParams.set("section_id", section);
    void this.renew(section ? here.href : addressOf("cart"));
  }

  protected override show() {
    super.show();
    const isEmpty = this.at("list").hidden && !this.at("plan").firstElementChild;
    this.hidden = isEmpty && this.at("status").textContent === "";
  }
}
