import { type AjaxCart, fetchPage } from "../core/ajax-cart.ts";
import { RowWidget } from "../core/row-widget.ts";
import { watchCart } from "../core/watch-cart.ts";

/** What the cart has to reach: Liquid counts, and after each change of the cart the bar is taken from this page again. */
export class GoalBar extends RowWidget {
  #asked = 0;

  protected override start() {
    super.start();
    // Showing nothing is better than a promise that may not hold.
    watchCart((cart) => (this.hidden = cart?.currency !== this.currency), this.signal);
  }

  protected override takeCart(cart: AjaxCart) {
    super.takeCart(cart);
    void this.#refresh();
  }

  async #refresh() {
    const asked = ++this.#asked;
    const fresh = (await fetchPage(location.href))?.querySelector<HTMLElement>("tsuide-goal");
    if (asked !== this.#asked) return;
    if (!fresh) {
      this.hidden = true;
      return;
    }
    // What had the focus may be gone: the sentence that says why is there.
    if (this.at("tiers")?.contains(document.activeElement)) this.at("status")?.focus();
    this.dataset.state = fresh.dataset.state;
    this.put("text", this.at("text", fresh).textContent);
    for (const name of ["bar", "tiers"]) this.at(name)?.replaceWith(this.at(name, fresh) ?? "");
    this.show();
  }
}
