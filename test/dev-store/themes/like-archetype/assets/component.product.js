import { changeCart, EVENTS, publish, subscribe } from "util.events";

/** The product form: adds without leaving the page. */
class BuyButtons extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.button = this.querySelector("[name='add']");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add();
    });
    subscribe(EVENTS.cartError, ({ detail }) => this.adding && this.showError(detail.errors));
  }

  async add() {
    const data = new FormData(this.form);
    this.showError("");
    this.button.disabled = this.adding = true;
    const id = Number(data.get("id"));
    const product = await changeCart("cart/add.js", { id, quantity: Number(data.get("quantity") || 1) });
    this.button.disabled = this.adding = false;
    if (product) publish(EVENTS.productAdded, { product, addToCartBtn: this.button });
  }

  showError(message) {
    this.querySelector(".product-form__error-message-wrapper").toggleAttribute("hidden", message === "");
    this.querySelector(".product-form__error-message").textContent = message;
  }
}
customElements.define("buy-buttons", BuyButtons);

/** Follows the options that are chosen. */
class ProductPage extends HTMLElement {
  connectedCallback() {
    const variants = this.querySelector("[data-variants]");
    if (!variants) return;
    this.variants = JSON.parse(variants.textContent);
    this.addEventListener("change", (event) => event.target.matches("[data-option]") && void this.choose());
  }

  async choose() {
    const chosen = [...this.querySelectorAll("[data-option]")].map((select) => select.value);
    const variant = this.variants.find(({ options }) => options.every((option, index) => option === chosen[index]));
    if (!variant) return;
    const { section, url } = this.dataset;
    const response = await fetch(`${url}?variant=${variant.id}&section_id=${section}`);
    const html = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of [`price-${section}`, `ProductSubmitButton-${section}`]) {
      const old = document.getElementById(id);
      old.innerHTML = html.getElementById(id).innerHTML;
      old.disabled = html.getElementById(id).disabled;
    }
    const input = this.querySelector("buy-buttons [name='id']");
    input.value = String(variant.id);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    window.history.replaceState({}, "", `${url}?variant=${variant.id}`);
    publish(EVENTS.variantChange, { variant, html });
  }
}
customElements.define("product-page", ProductPage);
