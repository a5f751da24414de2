// Shopify's standard storefront actions, which it adds to every storefront: `Shopify.actions`.
(() => {
  const Shopify = (window.Shopify = window.Shopify || {});
  const address = `${Shopify.routes.root}__standard-actions`;

  async function ask(payload, signal) {
    const response = await fetch(address, {
      method: payload ? "POST" : "GET",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      signal,
      ...(payload ? { body: JSON.stringify(payload) } : {}),
    });
    if (!response.ok) throw new Error(`The cart could not be changed (${response.status})`);
    return response.json();
  }

  const gid = (resource, id) => (String(id).startsWith("gid://") ? String(id) : `gid://shopify/${resource}/${id}`);

  /** The events that a call fires, each with what it is about. */
  function eventsOf({ lines = [], note, discountCodes }) {
    const groups = {
      add: lines.filter((line) => !line.id),
      remove: lines.filter((line) => line.id && line.quantity === 0),
      update: lines.filter((line) => line.id && line.quantity !== 0),
    };
    const shown = (action, { id, merchandiseId, quantity }) =>
      action === "add"
        ? { merchandiseId: gid("ProductVariant", merchandiseId), quantity }
        : { id: gid("CartLine", id), quantity };
    const events = Object.entries(groups)
      .filter(([, some]) => some.length > 0)
      .map(([action, some]) => ({
        type: "shopify:cart:lines-update",
        fields: { action, lines: some.map((line) => shown(action, line)) },
      }));
    if (note !== undefined) events.push({ type: "shopify:cart:note-update", fields: { note } });
    if (discountCodes) {
      const fields = { discountCodes: discountCodes.map((code) => ({ code })) };
      events.push({ type: "shopify:cart:discount-update", fields });
    }
    return events;
  }

  function dispatch(target, type, fields) {
    (target ?? document).dispatchEvent(Object.assign(new Event(type, { bubbles: true, composed: true }), fields));
  }

  /** Sent as the call starts; the promise that the events carry has the outcome. */
  function announce(payload, options, target, promise) {
    const context = options.event?.context ?? "standard-action";
    const detail = options.event?.detail;
    const carried = promise.then((result) => (detail ? { ...result, detail } : result));
    carried.catch(() => {});
    for (const { type, fields } of eventsOf(payload)) {
      const meta = fields.action ? { type, action: fields.action } : { type };
      dispatch(target(meta), type, { ...fields, context, promise: carried, ...(detail ? { detail } : {}) });
    }
    const fail = (error, code) => {
      const type = "shopify:cart:error";
      dispatch(target({ type }), type, { error, code });
    };
    promise.then(
      ({ userErrors }) => userErrors.length > 0 && fail(userErrors[0].message, userErrors[0].code ?? "INVALID"),
      (error) => error.name !== "AbortError" && fail(error.message, "SERVICE_UNAVAILABLE"),
    );
  }

  // How the default shows the new cart: in place on the two builds of themes that it knows, else by a new page.

  async function swapSections(elements) {
    const parts = elements.flatMap((element) => element.getSectionsToRender());
    const ids = [...new Set(parts.map((part) => part.section ?? part.id))];
    const response = await fetch(`${location.pathname}?sections=${ids.slice(0, 5).join(",")}`);
    const sections = await response.json();
    for (const { id, section = id, selector = ".shopify-section" } of parts) {
      const old = document.getElementById(id);
      const fresh = new DOMParser().parseFromString(sections[section] ?? "", "text/html").querySelector(selector);
      if (old && fresh) (old.querySelector(selector) ?? old).innerHTML = fresh.innerHTML;
    }
  }

  async function refresh(result) {
    const known = "cart-items-component, cart-drawer-component, cart-icon";
    if (document.querySelector(known)) {
      const detail = { resource: {}, sourceId: "standard-action", data: { itemCount: result.cart.totalQuantity } };
      document.dispatchEvent(new CustomEvent("cart:update", { bubbles: true, detail }));
      return;
    }
    const elements = [...document.querySelectorAll("cart-drawer, cart-notification, cart-items")].filter(
      (element) => typeof element.getSectionsToRender === "function",
    );
    if (elements.length > 0) await swapSections(elements);
    else location.reload();
  }

  // A theme may configure an action; `getCart` alone it may not.

  function action(run, defaults) {
    let configured = null;
    const call = (payload, options = {}) => {
      const otherwise = () => run(payload, options, configured);
      return configured?.handler ? configured.handler(otherwise, payload, options) : otherwise();
    };
    call.isDefault = () => configured === null;
    call.configure = (options) => {
      if (defaults.required && typeof options?.[defaults.required] !== "function") return false;
      configured = options;
      return true;
    };
    return call;
  }

  const EMPTY_CART = { id: null, totalQuantity: 0, lines: [], discountCodes: [] };

  Shopify.actions = Object.freeze({
    getCart: async (_payload, { signal } = {}) => ask(null, signal),
    updateCart: action(
      (payload = {}, options, configured) => {
        const promise = ask(payload, options.signal);
        announce(payload, options, configured?.eventTarget ?? (() => document), promise);
        if (configured) return promise;
        return promise.then(async (result) => {
          const changed = result.userErrors.length === 0;
          if (changed) await refresh({ ...result, cart: result.cart ?? EMPTY_CART }).catch(() => location.reload());
          return result;
        });
      },
      { required: "eventTarget" },
    ),
    openCart: action(async () => {
      const drawer = document.querySelector("cart-drawer-component, cart-drawer");
      if (typeof drawer?.open === "function") drawer.open();
      else location.assign(`${Shopify.routes.root}cart`);
    }, {}),
  });
})();
