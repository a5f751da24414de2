// Says below the header what was added, where the theme is set to it.
class CartNotification extends HTMLElement {
  connectedCallback() {
    this.notification = document.getElementById("cart-notification");
    this.header = document.querySelector("sticky-header");
    this.onBodyClick = (event) => {
      if (!event.target.closest("cart-notification")) this.close();
    };
    this.notification.addEventListener("keyup", (event) => event.code === "Escape" && this.close());
    for (const button of this.querySelectorAll("button[type='button']")) {
      button.addEventListener("click", () => this.close());
    }
  }

  setActiveElement(element) {
    this.activeElement = element;
  }

  open() {
    this.notification.classList.add("animate", "active");
    this.notification.addEventListener("transitionend", () => trapFocus(this.notification), { once: true });
    document.body.addEventListener("click", this.onBodyClick);
  }

  close() {
    this.notification.classList.remove("active");
    document.body.removeEventListener("click", this.onBodyClick);
    removeTrapFocus(this.activeElement);
  }

  getSectionsToRender() {
    return [
      { id: "cart-notification-product", selector: `[id="cart-notification-product-${this.cartItemKey}"]` },
      { id: "cart-notification-button" },
      { id: "cart-icon-bubble" },
    ];
  }

  /** Draws what an answer of `cart/add` brought with it; the line that was added is found by the answer's `key`. */
  renderContents(parsedState) {
    this.cartItemKey = parsedState.key;
    for (const { id, selector } of this.getSectionsToRender()) {
      document.getElementById(id).innerHTML = sectionInnerHTML(parsedState.sections[id], selector);
    }
    this.header?.reveal();
    this.open();
  }
}
customElements.define("cart-notification", CartNotification);
