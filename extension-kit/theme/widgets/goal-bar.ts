import { addressOf, type AjaxCart, fetchPage } from "../core/ajax-cart.ts";
import { RowWidget } from "../core/row-widget.ts";
import { watchCart } from "../core/watch-cart.ts";

/**
 * What the cart has to reach, and what closes the gap. Liquid counts and chooses: after each change of the cart the bar is
 * taken from this page again, or from the cart page, which has what closes the gap as well.
 */
export class GoalBar extends RowWidget {
  #asked = 0;

  protected override start() {
    super.start();
    if ("later" in this.dataset) this.whenSeen(() => void this.#refresh());
    // Showing nothing is better than a promise that may not hold.
    watchCart((cart) => (this.hidden = cart?.currency !== this.currency), this.signal);
  }

  protected override takeCart(cart: AjaxCart) {
    super.takeCart(cart);
    void this.#refresh();
  }

  async #refresh() {
    const asked = ++this.#asked;
    const page = await fetchPage("later" in this.dataset ? addressOf("cart") : location.href);
    const fresh = page?.querySelector<HTMLElement>("tsuide-goal");
    if (asked !== this.#asked) return;
    if (!fresh) {
      this.hidden = true;
      return;
    }
    this.put("text", this.at("text", fresh).textContent);
    this.renew(fresh, ["bar", "tiers", "gap"]);
  }
}
