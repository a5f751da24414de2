// The cart at the side of every page, where the theme is set to it.
class CartDrawer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keyup", (event) => event.code === "Escape" && this.close());
    this.addEventListener("click", (event) => {
      if (event.target.id === "CartDrawer-Overlay" || event.target.closest("[data-close]")) this.close();
    });
    const cartLink = document.querySelector("#cart-icon-bubble");
    cartLink?.setAttribute("role", "button");
    cartLink?.setAttribute("aria-haspopup", "dialog");
    cartLink?.addEventListener("click", (event) => {
      event.preventDefault();
      this.open(cartLink);
    });
  }

  setActiveElement(element) {
    this.activeElement = element;
  }

  open(triggeredBy) {
    if (triggeredBy) this.setActiveElement(triggeredBy);
    setTimeout(() => this.classList.add("animate", "active"));
    const opened = () => trapFocus(this.querySelector("#CartDrawer"), this.querySelector(".drawer__inner"));
    this.addEventListener("transitionend", opened, { once: true });
    document.body.classList.add("overflow-hidden");
  }

  close() {
    this.classList.remove("active");
    removeTrapFocus(this.activeElement);
    document.body.classList.remove("overflow-hidden");
  }

  getSectionsToRender() {
    return [{ id: "cart-drawer", selector: "#CartDrawer" }, { id: "cart-icon-bubble" }];
  }

  /** Draws what an answer of `cart/add` brought with it, and opens. */
  renderContents(parsedState) {
    this.productId = parsedState.id;
    this.classList.remove("is-empty");
    for (const { id, selector } of this.getSectionsToRender()) {
      const element = selector ? document.querySelector(selector) : document.getElementById(id);
      element.innerHTML = sectionInnerHTML(parsedState.sections[id], selector);
    }
    setTimeout(() => this.open());
  }
}
customElements.define("cart-drawer", CartDrawer);

class CartDrawerItems extends customElements.get("cart-items") {
  getSectionsToRender() {
    return [
      { id: "CartDrawer", section: "cart-drawer", selector: ".drawer__inner" },
      { id: "cart-icon-bubble", section: "cart-icon-bubble", selector: ".shopify-section" },
    ];
  }
}
customElements.define("cart-drawer-items", CartDrawerItems);
