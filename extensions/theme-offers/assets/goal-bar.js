/*
 * The free-shipping goal, as a custom element over what Liquid has rendered: after each change of the cart it asks
 * the shop's own page to render the goal again, so that success is taken back as truthfully as it is told.
 */

const CART_CHANGES = ["shopify:cart:lines-update", "cart:refresh", "cart:updated", "cart:change", "ajaxProduct:added"];
const CART_REQUEST = /\/cart\/(add|change|update|clear)(\.js)?(\?|$)/;

class FreeShippingGoal extends HTMLElement {
  connectedCallback() {
    for (const name of CART_CHANGES) document.addEventListener(name, this.changed);
    // Themes that tell nobody: the browser itself notes each request to the cart.
    this.observer = new PerformanceObserver((list) => {
      if (list.getEntries().some((entry) => CART_REQUEST.test(entry.name))) this.soon();
    });
    this.observer.observe({ type: "resource" });
    addEventListener("pageshow", this.restore);
  }

  disconnectedCallback() {
    for (const name of CART_CHANGES) document.removeEventListener(name, this.changed);
    this.observer.disconnect();
    removeEventListener("pageshow", this.restore);
    clearTimeout(this.timer);
  }

  restore = (event) => {
    if (event.persisted) this.soon();
  };

  changed = (event) => {
    Promise.resolve(event.promise ?? event.detail?.promise).then(this.soon, this.soon);
  };

  soon = () => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), 60);
  };

  async refresh() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const page = new URL(location.href);
    page.searchParams.set("section_id", this.dataset.section);
    const html = await fetch(page, { headers: { accept: "text/html" } }).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    // A later change has asked again: this answer may be older than what is shown by then.
    if (turn !== this.turn) return;
    // What is shown may be wrong now: nothing is better than a promise that no longer holds.
    if (html === null) this.hidden = true;
    else this.take(html);
  }

  /** Takes this block out of a section that was rendered again. */
  take(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const fresh = parsed.querySelector(`tsuide-goal[data-block="${CSS.escape(this.dataset.block)}"]`);
    if (!fresh) return;
    this.hidden = fresh.hidden;
    this.dataset.state = fresh.dataset.state;
    const [text, bar] = [".tsuide-goal__text", ".tsuide-goal__bar"].map((part) => this.querySelector(part));
    if (!text || !fresh.querySelector(".tsuide-goal__text")) {
      this.innerHTML = fresh.innerHTML;
      return;
    }
    // In place, so that the bar moves smoothly and a screen reader hears the change once.
    const freshText = fresh.querySelector(".tsuide-goal__text");
    const freshBar = fresh.querySelector(".tsuide-goal__bar");
    if (text.textContent !== freshText.textContent) text.innerHTML = freshText.innerHTML;
    for (const name of ["aria-valuenow", "aria-valuetext"]) bar.setAttribute(name, freshBar.getAttribute(name));
    bar.hidden = freshBar.hidden;
    bar.firstElementChild.style.inlineSize = freshBar.firstElementChild.style.inlineSize;
  }
}

if (!customElements.get("tsuide-goal")) customElements.define("tsuide-goal", FreeShippingGoal);
