import { changeCart, EVENTS, subscribe } from "util.events";
import { refreshSection } from "util.sections";

/** The number in the header. */
class CartCount extends HTMLElement {
  connectedCallback() {
    subscribe(EVENTS.cartChange, ({ detail }) => {
      this.textContent = String(detail.cart.item_count);
      this.hidden = detail.cart.item_count === 0;
    });
  }
}
customElements.define("cart-count", CartCount);

/** What was refused, in words. */
class CartStatus extends HTMLElement {
  connectedCallback() {
    subscribe(EVENTS.cartBeforeChange, () => (this.textContent = ""));
    subscribe(EVENTS.cartError, ({ detail }) => (this.textContent = detail.errors));
  }
}
customElements.define("cart-status", CartStatus);

/** Lines whose quantity can be changed. */
class CartLines extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      if (target.value !== "") void this.set(target, target.dataset.key, Number(target.value));
    });
    this.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-remove]");
      if (!remove) return;
      event.preventDefault();
      void this.set(null, remove.dataset.remove, 0);
    });
  }

  async set(field, id, quantity) {
    const answer = await changeCart("cart/change.js", { id, quantity });
    if (!answer && field) field.value = field.defaultValue;
  }
}
customElements.define("cart-lines", CartLines);

/** A cart that is drawn again whenever the cart has changed, whoever changed it. */
class CartView extends HTMLElement {
  connectedCallback() {
    subscribe(EVENTS.cartChange, ({ detail }) => {
      this.classList.toggle("is-empty", detail.cart.item_count === 0);
      this.drawn = refreshSection(this);
    });
  }
}

class CartPage extends CartView {}
customElements.define("cart-page", CartPage);

class CartDrawer extends CartView {
  connectedCallback() {
    super.connectedCallback();
    this.panel = this.querySelector(".drawer__inner");
    subscribe(EVENTS.productAdded, ({ detail }) => this.open(detail.addToCartBtn));
    subscribe("cart:open", () => this.open(document.activeElement));
    subscribe("cart:close", () => this.close());
    document.querySelector("[data-cart-link]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.open(event.currentTarget);
    });
    this.addEventListener("click", (event) => event.target.closest("[data-close]") && this.close());
    this.addEventListener("keyup", (event) => event.key === "Escape" && this.close());
  }

  async open(opener) {
    this.opener = opener;
    await this.drawn;
    this.classList.add("drawer--is-open");
    document.documentElement.classList.add("overflow-hidden");
    for (const other of document.body.children) if (!other.contains(this)) other.inert = true;
    this.panel.focus();
  }

  close() {
    this.classList.remove("drawer--is-open");
    document.documentElement.classList.remove("overflow-hidden");
    for (const other of document.body.children) other.inert = false;
    this.opener?.focus();
  }
}
customElements.define("cart-drawer", CartDrawer);

document.addEventListener("click", (event) => {
  const button = event.target.closest(".quantity__button");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  if (button.name === "plus") input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.submit();
});
