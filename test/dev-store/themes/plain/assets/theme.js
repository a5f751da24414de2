// Makes the theme quicker to use; every page works without it.
(() => {
  document.documentElement.classList.add("js");
  const root = window.Shopify.routes.root;

  async function post(path, body) {
    const response = await fetch(root + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.description || answer.message);
    return answer;
  }

  // Draws the header, and the cart where it is on this page, again. Calls that come meanwhile share one more round.
  let running = null;
  let again = null;
  function refresh() {
    if (running) return (again ??= running.then(refresh));
    again = null;
    running = draw().finally(() => (running = null));
    return running;
  }

  async function draw() {
    const cart = document.querySelector("[data-cart-section]");
    const ids = ["header", ...(cart ? [cart.dataset.cartSection] : [])];
    const response = await fetch(`${location.pathname}?sections=${ids.join(",")}`);
    const sections = await response.json();
    for (const id of ids) {
      const old = document.getElementById(`shopify-section-${id}`);
      const fresh = new DOMParser().parseFromString(sections[id], "text/html").body.firstElementChild;
      if (!old || !fresh) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      old.replaceWith(fresh);
      if (focused) document.getElementById(focused)?.focus();
    }
    document.dispatchEvent(new CustomEvent("cart:refreshed"));
  }

  function announce(action, lines, promise) {
    const event = new Event("shopify:cart:lines-update", { bubbles: true });
    Object.assign(event, { action, context: "cart", lines, promise, __theme: true });
    document.dispatchEvent(event);
  }

  document.addEventListener("shopify:cart:lines-update", (event) => {
    if (!event.__theme) Promise.resolve(event.promise).then(refresh, () => {});
  });
  document.addEventListener("cart:refresh", () => void refresh());

  async function changeLine(key, quantity) {
    const change = post("cart/change.js", { id: key, quantity });
    announce(
      quantity === 0 ? "remove" : "update",
      [{ id: key, quantity }],
      change.then((cart) => ({ cart })),
    );
    let failure = "";
    await change.catch((error) => (failure = error.message));
    await refresh();
    if (failure) note(document.querySelector("[data-cart-note]"), failure, "error");
  }

  function note(element, text, kind) {
    if (!element) return;
    element.textContent = text;
    element.dataset.kind = kind;
  }

  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("[data-submit]")) target.form.submit();
    if (target.matches("[data-line-key]") && target.value !== "")
      void changeLine(target.dataset.lineKey, Number(target.value));
    if (target.matches("[data-variant-select]")) {
      const url = new URL(location.href);
      url.searchParams.set("variant", target.value);
      history.replaceState(null, "", url);
      const id = target.closest("[data-product-section]").dataset.productSection;
      void fetch(`${url.pathname}?variant=${target.value}&section_id=${id}`)
        .then((response) => response.text())
        .then((html) => {
          const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-price]");
          if (fresh) document.querySelector("[data-price]").replaceWith(fresh);
        });
    }
  });

  document.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-line-remove]");
    if (!remove) return;
    event.preventDefault();
    void changeLine(remove.dataset.lineRemove, 0);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-product-form]")) return;
    event.preventDefault();
    const button = form.querySelector("[data-add]");
    const data = new FormData(form);
    const line = { id: Number(data.get("id")), quantity: Number(data.get("quantity") || 1) };
    button.disabled = true;
    const adding = post("cart/add.js", { items: [line] });
    announce(
      "add",
      [{ merchandiseId: `gid://shopify/ProductVariant/${line.id}`, quantity: line.quantity }],
      adding.then(() => ({})),
    );
    adding
      .then(() => refresh())
      .then(
        () => note(form.querySelector("[data-form-note]"), form.dataset.added || "✓", "ok"),
        (error) => note(form.querySelector("[data-form-note]"), error.message, "error"),
      )
      .finally(() => (button.disabled = false));
  });
})();
