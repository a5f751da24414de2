// A product page: choosing a variant and adding it.
class ProductForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.cart = document.querySelector("cart-notification") || document.querySelector("cart-drawer");
    this.submitButton = this.querySelector("[type='submit']");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.add();
    });
  }

  async add() {
    if (this.submitButton.getAttribute("aria-disabled") === "true") return;
    this.showError("");
    this.submitButton.setAttribute("aria-disabled", "true");
    const config = fetchConfig("javascript");
    config.headers["X-Requested-With"] = "XMLHttpRequest";
    delete config.headers["Content-Type"];
    config.body = new FormData(this.form);
    if (this.cart) {
      config.body.append(
        "sections",
        this.cart
          .getSectionsToRender()
          .map(({ id }) => id)
          .join(","),
      );
      config.body.append("sections_url", window.location.pathname);
      this.cart.setActiveElement(document.activeElement);
    }
    try {
      await this.added(await (await fetch(routes.cart_add_url, config)).json());
    } catch (error) {
      console.error(error);
    } finally {
      this.submitButton.removeAttribute("aria-disabled");
    }
  }

  async added(answer) {
    const productVariantId = this.form.querySelector("[name='id']").value;
    if (answer.status) {
      const { description, message } = answer;
      await publish(PUB_SUB_EVENTS.cartError, {
        source: "product-form",
        productVariantId,
        errors: description,
        message,
      });
      this.showError(description);
      return;
    }
    if (!this.cart) {
      window.location = routes.cart_url;
      return;
    }
    await publish(PUB_SUB_EVENTS.cartUpdate, { source: "product-form", productVariantId, cartData: answer });
    this.cart.renderContents(answer);
  }

  showError(message) {
    this.querySelector(".product-form__error-message-wrapper").toggleAttribute("hidden", message === "");
    this.querySelector(".product-form__error-message").textContent = message;
  }
}
customElements.define("product-form", ProductForm);

class ProductInfo extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.closest("variant-selects")) void this.choose(event.target);
    });
  }

  async choose(input) {
    const { section, url } = this.dataset;
    const values = [...this.querySelectorAll("variant-selects input:checked")].map(
      (each) => each.dataset.optionValueId,
    );
    await publish(PUB_SUB_EVENTS.optionValueSelectionChange, { data: { target: input } });
    const response = await fetch(`${url}?option_values=${values.join(",")}&section_id=${section}`);
    const html = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of [`price-${section}`, `variant-selects-${section}`, `ProductSubmitButton-${section}`]) {
      document.getElementById(id)?.replaceWith(html.getElementById(id));
    }
    const variant = html.querySelector("product-form [name='id']").value;
    const own = this.querySelector("product-form [name='id']");
    own.value = variant;
    own.dispatchEvent(new Event("change", { bubbles: true }));
    this.querySelector("product-form").submitButton = document.getElementById(`ProductSubmitButton-${section}`);
    document.getElementById(input.id)?.focus();
    window.history.replaceState({}, "", `${url}?variant=${variant}`);
    await publish(PUB_SUB_EVENTS.variantChange, {
      data: { sectionId: section, html, variant: { id: Number(variant) } },
    });
  }
}
customElements.define("product-info", ProductInfo);
