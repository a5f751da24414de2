// The lines of the cart, on the cart page and in the drawer.
class CartRemoveButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      event.preventDefault();
      this.closest("cart-items, cart-drawer-items").updateQuantity(this.dataset.index, 0);
    });
  }
}
customElements.define("cart-remove-button", CartRemoveButton);

class CartItems extends HTMLElement {
  connectedCallback() {
    const changed = debounce((event) => {
      const { index } = event.target.dataset;
      if (index && event.target.value !== "") this.updateQuantity(index, Number(event.target.value));
    }, ON_CHANGE_DEBOUNCE_TIMER);
    this.addEventListener("change", changed);
    this.unsubscribe = subscribe(PUB_SUB_EVENTS.cartUpdate, (event) => {
      if (event.source !== "cart-items") return this.onCartUpdate();
    });
  }

  disconnectedCallback() {
    this.unsubscribe?.();
  }

  getSectionsToRender() {
    const idOf = (element) => document.getElementById(element).dataset.id;
    return [
      { id: "main-cart-items", section: idOf("main-cart-items"), selector: ".js-contents" },
      { id: "cart-icon-bubble", section: "cart-icon-bubble", selector: ".shopify-section" },
      { id: "cart-live-region-text", section: "cart-live-region-text", selector: ".shopify-section" },
      { id: "main-cart-footer", section: idOf("main-cart-footer"), selector: ".js-contents" },
    ];
  }

  /** Somebody else changed the cart: this list alone is drawn again. */
  async onCartUpdate() {
    const [{ id, section, selector }] = this.getSectionsToRender();
    const response = await fetch(`${routes.cart_url}?section_id=${section}`);
    this.show(id, selector, await response.text());
    this.classList.toggle("is-empty", !this.querySelector(".cart-item"));
  }

  show(id, selector, html) {
    const element = document.getElementById(id);
    (element.querySelector(selector) ?? element).innerHTML = sectionInnerHTML(html, selector);
  }

  async updateQuantity(line, quantity) {
    const sections = this.getSectionsToRender();
    const body = JSON.stringify({
      line,
      quantity,
      sections: sections.map(({ section }) => section),
      sections_url: window.location.pathname,
    });
    const errors = document.getElementById("cart-errors") ?? document.getElementById("CartDrawer-CartErrors");
    const focused = document.activeElement?.id;
    try {
      const state = await (await fetch(routes.cart_change_url, { ...fetchConfig(), body })).json();
      if (state.errors) {
        const input = this.querySelector(`[data-index="${line}"].quantity__input`);
        input.value = input.defaultValue;
        errors.textContent = state.errors;
        return;
      }
      errors.textContent = "";
      for (const element of [this, ...document.querySelectorAll("cart-drawer, #main-cart-footer")]) {
        element.classList.toggle("is-empty", state.item_count === 0);
      }
      for (const { id, section, selector } of sections) this.show(id, selector, state.sections[section]);
      if (focused) document.getElementById(focused)?.focus();
      await publish(PUB_SUB_EVENTS.cartUpdate, { source: "cart-items", cartData: state });
    } catch {
      errors.textContent = window.cartStrings.error;
    }
  }
}
customElements.define("cart-items", CartItems);
