import { type GoalState, shippingGoal } from "../../domain.ts";
import type { AjaxCart } from "../core/ajax-cart.ts";
import type { Hundredths } from "../core/money.ts";
import { watchCart } from "../core/watch-cart.ts";
import { put, Widget } from "../core/widget.ts";

/** The free-shipping goal: follows the cart. */
export class GoalBar extends Widget<GoalState["code"]> {
  private unwatch?: () => void;

  protected start() {
    this.unwatch = watchCart((cart) => this.show(cart));
  }

  disconnectedCallback() {
    this.unwatch?.();
  }

  private show(cart: AjaxCart | null) {
    const { currency = "" } = this.dataset;
    // Showing nothing is better than a promise that may not hold.
    this.hidden = cart?.currency !== currency;
    if (this.hidden || cart === null) return;
    const minor = (amount: Hundredths) => Math.round(amount / this.unit);
    const lines = cart.items.map((line) => ({
      requiresShipping: line.requires_shipping,
      totalMinor: minor(line.final_line_price),
    }));
    const state = shippingGoal({ currency, lines }, { [currency]: minor(Number(this.dataset.goal)) });
    if (state === null) return;
    const left = "remaining" in state ? state.remaining.amountMinor * this.unit : 0;
    const text = this.text(state.code, this.money(left));
    const percent = state.code === "reached" ? 100 : "basisPoints" in state ? Math.floor(state.basisPoints / 100) : 0;
    this.dataset.state = state.code;
    const bar = this.querySelector<HTMLElement>("[role=progressbar]")!;
    put(this.at("text"), text);
    put(this.at("mark"), state.code === "reached" ? "✓" : "");
    bar.setAttribute("aria-valuenow", String(percent));
    bar.setAttribute("aria-valuetext", text);
    bar.hidden = state.code === "not-eligible";
    (bar.firstElementChild as HTMLElement).style.inlineSize = `${percent}%`;
  }
}
