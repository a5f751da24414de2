import { CartErrorEvent, CartLinesUpdateEvent, createViewEventElement, ProductSelectEvent } from "@shopify/events";
import { renderSection } from "@theme/sections";

customElements.define("product-component", createViewEventElement(HTMLElement, { defaultTrigger: "intersect" }));

class ProductFormComponent extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add(event.target);
    });
  }

  async add(form) {
    const data = new FormData(form);
    const sections = [...document.querySelectorAll("cart-items-component")].map((each) => each.dataset.sectionId);
    data.append("sections", sections.join(","));
    const deferred = CartLinesUpdateEvent.createPromise();
    const lines = [{ merchandiseId: String(data.get("id")), quantity: Number(data.get("quantity") || 1) }];
    this.dispatchEvent(
      new CartLinesUpdateEvent({ action: "add", context: "product", lines, promise: deferred.promise }),
    );
    this.say(".product-form__error-message", "");
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "text/html" };
    const root = window.Shopify.routes.root;
    const answer = await (await fetch(`${root}cart/add`, { method: "POST", headers, body: data })).json();
    if (answer.status) {
      this.say(".product-form__error-message", answer.description);
      this.dispatchEvent(new CartErrorEvent({ error: answer.description, code: "INVALID" }));
      deferred.reject(new Error(answer.description));
      return;
    }
    const ajaxCart = await (await fetch(`${root}cart.js`)).json();
    const cart = CartLinesUpdateEvent.createCartFromAjaxResponse(ajaxCart);
    const detail = { items: ajaxCart.items, itemCount: ajaxCart.item_count, sections: answer.sections };
    deferred.resolve({ cart, detail: { ...detail, source: "product-form-component" } });
    this.say("[data-added]", this.querySelector("[data-added]").dataset.added);
  }

  say(selector, text) {
    this.querySelector(selector).textContent = text;
  }
}
customElements.define("product-form-component", ProductFormComponent);

class VariantPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => void this.choose());
  }

  async choose() {
    const { productUrl, sectionId } = this.dataset;
    const chosen = [...this.querySelectorAll("input:checked")];
    const deferred = ProductSelectEvent.createPromise();
    const selectedOptions = chosen.map((input) => ({ name: input.name.split("-")[0], value: input.value }));
    const form = document.querySelector(`product-form-component[data-section-id="${sectionId}"]`);
    const product = { id: form.dataset.productId, title: document.title, handle: productUrl.split("/").at(-1) };
    this.dispatchEvent(new ProductSelectEvent({ product, selectedOptions, promise: deferred.promise }));
    const values = chosen.map((input) => input.dataset.optionValueId).join(",");
    await renderSection(sectionId, `&option_values=${values}`);
    const id = form.querySelector("[name='id']");
    id.dispatchEvent(new Event("change", { bubbles: true }));
    window.history.replaceState({}, "", `${productUrl}?variant=${id.value}`);
    deferred.resolve({ variant: { id: id.value, title: chosen.map((input) => input.value).join(" / ") } });
  }
}
customElements.define("variant-picker", VariantPicker);
