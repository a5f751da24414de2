/* The free-shipping goal: keeps what Liquid has rendered true to the cart. */
import { amountWriter, put, watchCart, whenParsed } from "./tsuide.js";

class FreeShippingGoal extends HTMLElement {
  connectedCallback() {
    whenParsed(() => {
      const texts = this.querySelector("[data-texts]");
      if (!texts || !this.isConnected) return;
      this.texts = JSON.parse(texts.textContent);
      const { sample, currency, locale, unit } = this.dataset;
      this.money = amountWriter(sample, currency, locale, Number(unit));
      this.unwatch = watchCart((cart) => this.show(cart));
    });
  }

  disconnectedCallback() {
    this.unwatch?.();
  }

  show(cart) {
    // Nothing is better than a promise that may not hold.
    this.hidden = cart?.currency !== this.dataset.currency;
    if (this.hidden) return;
    const goal = Number(this.dataset.goal);
    const counted = cart.items.filter((line) => line.requires_shipping && !line.gift_card);
    const total = counted.reduce((sum, line) => sum + line.final_line_price, 0);
    const state = stateOf(cart, counted, goal - total);
    const amount = this.money(state === "empty" ? goal : goal - total);
    const text = this.texts[state].replace("%", () => amount);
    const percent = Math.min(100, Math.floor((total * 100) / goal));
    this.dataset.state = state;
    const bar = this.querySelector("[role=progressbar]");
    put(this.querySelector("[data-text]"), text);
    put(this.querySelector("[data-mark]"), state === "reached" ? "✓" : "");
    bar.setAttribute("aria-valuenow", percent);
    bar.setAttribute("aria-valuetext", text);
    bar.hidden = state === "not-eligible";
    bar.firstElementChild.style.inlineSize = `${percent}%`;
  }
}

function stateOf(cart, counted, left) {
  if (cart.items.length === 0) return "empty";
  if (counted.length === 0) return "not-eligible";
  return left <= 0 ? "reached" : "progress";
}

if (!customElements.get("tsuide-goal")) customElements.define("tsuide-goal", FreeShippingGoal);
