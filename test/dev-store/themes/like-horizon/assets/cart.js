import { CartErrorEvent, CartLinesUpdateEvent, createViewEventElement, StandardEvents } from "@shopify/events";
import { morphSection, renderSection } from "@theme/sections";

/** A listener for changes of the cart, from the theme or from anybody else. */
function onCartUpdate(listen) {
  const heard = (event) => {
    event.promise?.then((result) => listen(result, event)).catch(() => {});
  };
  document.addEventListener(StandardEvents.cartLinesUpdate, heard);
  return () => document.removeEventListener(StandardEvents.cartLinesUpdate, heard);
}

/** The number in the header. */
class CartIcon extends HTMLElement {
  connectedCallback() {
    onCartUpdate(({ cart, detail }) => {
      const count = cart?.totalQuantity ?? detail?.itemCount ?? 0;
      const bubble = this.querySelector("[ref=cartBubbleCount]");
      bubble.textContent = String(count);
      bubble.classList.toggle("hidden", count === 0);
    });
  }
}
customElements.define("cart-icon", CartIcon);

class CartItemsComponent extends createViewEventElement() {
  get sectionId() {
    return this.dataset.sectionId;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = onCartUpdate(({ detail }) => {
      const html = detail?.sections?.[this.sectionId];
      return html ? morphSection(this.sectionId, html) : renderSection(this.sectionId);
    });
    this.addEventListener("change", ({ target }) => {
      if (target.dataset.cartLine && target.value !== "") void this.set(target, target.dataset.cartLine, target.value);
    });
    this.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-remove]");
      if (!remove) return;
      event.preventDefault();
      void this.set(null, remove.dataset.remove, 0);
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  async set(field, line, quantity) {
    const deferred = CartLinesUpdateEvent.createPromise();
    const id = this.querySelectorAll("[data-key]")[line - 1].dataset.key;
    const action = Number(quantity) === 0 ? "remove" : "update";
    const lines = [{ id, quantity: Number(quantity) }];
    this.dispatchEvent(new CartLinesUpdateEvent({ action, context: "cart", lines, promise: deferred.promise }));
    const sections = [...document.querySelectorAll("cart-items-component")].map((each) => each.sectionId);
    const response = await fetch(`${window.Shopify.routes.root}cart/change.js`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        line: Number(line),
        quantity: Number(quantity),
        sections,
        sections_url: location.pathname,
      }),
    });
    const answer = await response.json();
    if (response.ok) {
      const cart = CartLinesUpdateEvent.createCartFromAjaxResponse(answer);
      const { items, item_count: itemCount, sections: html } = answer;
      deferred.resolve({ cart, detail: { items, itemCount, sections: html } });
      return;
    }
    if (field) field.value = field.defaultValue;
    this.querySelector(".cart-error").textContent = answer.errors;
    this.dispatchEvent(new CartErrorEvent({ error: answer.errors, code: "INVALID" }));
    deferred.reject(new Error(answer.errors));
  }
}
customElements.define("cart-items-component", CartItemsComponent);

/** A dialog at the side. */
class ThemeDrawer extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-close]")) this.close();
    });
  }
  get isOpen() {
    return this.dialog.open;
  }
  open() {
    if (!this.isOpen) this.dialog.showModal();
  }
  close() {
    this.dialog.close();
  }
}
customElements.define("theme-drawer", ThemeDrawer);

class CartDrawerComponent extends HTMLElement {
  connectedCallback() {
    onCartUpdate((_result, event) => {
      if (this.hasAttribute("auto-open") && event.action === "add") this.closest("theme-drawer").open();
    });
    document.querySelector("[data-cart-link]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.closest("theme-drawer").open();
    });
  }
}
customElements.define("cart-drawer-component", CartDrawerComponent);

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
