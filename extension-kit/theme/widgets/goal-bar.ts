import { goalBasis, goalProgress, type GoalState } from "../../domain.ts";
import type { AjaxCart } from "../core/ajax-cart.ts";
import { watchCart } from "../core/watch-cart.ts";
import { Widget } from "../core/widget.ts";

/** States in the order of their texts. */
const STATES: GoalState["code"][] = ["empty", "progress", "reached", "not-eligible"];

/** The free-shipping goal: follows the cart. */
export class GoalBar extends Widget {
  protected start() {
    watchCart((cart) => this.#show(cart), this.signal);
  }

  #show(cart: AjaxCart | null) {
    // Showing nothing is better than a promise that may not hold.
    this.hidden = cart?.currency !== this.currency;
    if (this.hidden || cart === null) return;
    const lines = cart.items.map((line) => ({
      requiresShipping: line.requires_shipping,
      totalMinor: this.minor(line.final_line_price),
    }));
    const goal = this.minor(Number(this.dataset.goal));
    const { code, remainingMinor, basisPoints } = goalProgress(goalBasis(lines), goal);
    const text = this.text(STATES.indexOf(code), "", remainingMinor * this.unit);
    const percent = Math.floor(basisPoints / 100);
    this.dataset.state = code;
    const bar = this.querySelector<HTMLElement>("[role=progressbar]")!;
    this.put("text", text);
    this.put("mark", code === "reached" ? "✓" : "");
    bar.setAttribute("aria-valuenow", String(percent));
    bar.setAttribute("aria-valuetext", text);
    bar.hidden = code === "not-eligible";
    (bar.firstElementChild as HTMLElement).style.inlineSize = `${percent}%`;
  }
}
