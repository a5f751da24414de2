import { addressOf, type AjaxCart } from "../core/ajax-cart.ts";
import { RowWidget } from "../core/row-widget.ts";

/**
 * What the cart has to reach, and what closes the gap. Liquid counts and chooses: after each change of the cart the bar is
 * taken from this page again, or from the cart page, which has what closes the gap as well.
 */
export class GoalBar extends RowWidget {
  protected override start() {
    super.start();
    if ("later" in this.dataset) this.whenSeen(() => this.#refresh());
  }

  override heard(cart: AjaxCart | null) {
    super.heard(cart);
    // Showing nothing is better than a promise that may not hold.
    this.hidden = cart?.currency !== this.currency;
  }

  protected override takeCart(cart: AjaxCart) {
    super.takeCart(cart);
    this.#refresh();
  }

  #refresh() {
    void this.renew("later" in this.dataset ? addressOf("cart") : location.href);
  }
}
