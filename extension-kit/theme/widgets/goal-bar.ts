import type { AjaxCart, AjaxLine } from "../core/ajax-cart.ts";
import { watchCart } from "../core/watch-cart.ts";
import { put, Widget } from "../core/widget.ts";

type State = "empty" | "progress" | "reached" | "not-eligible";

/** The free-shipping goal: follows the cart. */
export class GoalBar extends Widget<State> {
  private unwatch?: () => void;

  protected start() {
    this.unwatch = watchCart((cart) => this.show(cart));
  }

  disconnectedCallback() {
    this.unwatch?.();
  }

  private show(cart: AjaxCart | null) {
    // Showing nothing is better than a promise that may not hold.
    this.hidden = cart?.currency !== this.dataset.currency;
    if (this.hidden || cart === null) return;
    const goal = Number(this.dataset.goal);
    const counted = cart.items.filter((line) => line.requires_shipping);
    const total = counted.reduce((sum, line) => sum + line.final_line_price, 0);
    const state = stateOf(cart, counted, goal - total);
    const text = this.text(state, this.money(state === "empty" ? goal : goal - total));
    const percent = Math.min(100, Math.floor((total * 100) / goal));
    this.dataset.state = state;
    const bar = this.querySelector<HTMLElement>("[role=progressbar]")!;
    put(this.at("text"), text);
    put(this.at("mark"), state === "reached" ? "✓" : "");
    bar.setAttribute("aria-valuenow", String(percent));
    bar.setAttribute("aria-valuetext", text);
    bar.hidden = state === "not-eligible";
    (bar.firstElementChild as HTMLElement).style.inlineSize = `${percent}%`;
  }
}

function stateOf(cart: AjaxCart, counted: readonly AjaxLine[], left: number): State {
  if (cart.items.length === 0) return "empty";
  if (counted.length === 0) return "not-eligible";
  return left <= 0 ? "reached" : "progress";
}
