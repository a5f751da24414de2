// What Shopify itself adds to every storefront: standard actions and events, and the customer privacy API.
(() => {
  const Shopify = (window.Shopify = window.Shopify || {});
  const root = Shopify.routes.root;

  async function ajax(path, body) {
    const response = await fetch(root + path, {
      method: body ? "POST" : "GET",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { ok: response.ok, answer: await response.json() };
  }

  const amount = (hundredths, currencyCode) => ({ amount: (hundredths / 100).toString(), currencyCode });

  function cartOf(ajaxCart) {
    const { currency } = ajaxCart;
    return {
      id: `gid://shopify/Cart/${ajaxCart.token}`,
      totalQuantity: ajaxCart.item_count,
      note: ajaxCart.note,
      attributes: Object.entries(ajaxCart.attributes).map(([key, value]) => ({ key, value })),
      discountCodes: [],
      cost: {
        totalAmount: amount(ajaxCart.total_price, currency),
        subtotalAmount: amount(ajaxCart.items_subtotal_price, currency),
      },
      lines: ajaxCart.items.map((item) => ({
        id: `gid://shopify/CartLine/${item.key}`,
        quantity: item.quantity,
        attributes: Object.entries(item.properties || {}).map(([key, value]) => ({ key, value })),
        cost: { totalAmount: amount(item.final_line_price, currency) },
        merchandise: { id: `gid://shopify/ProductVariant/${item.variant_id}`, title: item.variant_title },
      })),
    };
  }

  const numberOf = (gid) => String(gid).slice(String(gid).lastIndexOf("/") + 1);
  const propertiesOf = (attributes) => Object.fromEntries((attributes || []).map(({ key, value }) => [key, value]));

  async function write(payload) {
    const userErrors = [];
    const run = async (path, body) => {
      const { ok, answer } = await ajax(path, body);
      if (!ok) userErrors.push({ code: "INVALID", field: null, message: answer.description || answer.message });
    };
    const lines = payload.lines || [];
    const adds = lines.filter((line) => line.merchandiseId && !line.id);
    if (adds.length > 0) {
      await run("cart/add.js", {
        items: adds.map((line) => ({
          id: Number(numberOf(line.merchandiseId)),
          quantity: line.quantity ?? 1,
          properties: propertiesOf(line.attributes),
          ...(line.sellingPlanId ? { selling_plan: Number(numberOf(line.sellingPlanId)) } : {}),
        })),
      });
    }
    for (const line of lines.filter((each) => each.id)) {
      const { quantity, attributes } = line;
      await run("cart/change.js", {
        id: numberOf(line.id),
        quantity,
        ...(attributes ? { properties: propertiesOf(attributes) } : {}),
      });
    }
    if (payload.note !== undefined || payload.attributes) {
      await run("cart/update.js", { note: payload.note, attributes: propertiesOf(payload.attributes) });
    }
    const { answer } = await ajax("cart.js");
    return { cart: cartOf(answer), userErrors, warnings: [] };
  }

  function dispatch(type, fields) {
    const event = new Event(type, { bubbles: true });
    document.dispatchEvent(Object.assign(event, { context: "standard-action" }, fields));
  }

  function announce(payload, promise) {
    const lines = payload.lines || [];
    const groups = {
      add: lines.filter((line) => !line.id),
      remove: lines.filter((line) => line.id && line.quantity === 0),
      update: lines.filter((line) => line.id && line.quantity !== 0),
    };
    for (const [action, some] of Object.entries(groups)) {
      if (some.length > 0) dispatch("shopify:cart:lines-update", { action, lines: some, promise });
    }
    if (payload.note !== undefined) dispatch("shopify:cart:note-update", { note: payload.note, promise });
    if (payload.attributes) dispatch("shopify:cart:attributes-update", { attributes: payload.attributes, promise });
    promise.catch((error) => dispatch("shopify:cart:error", { error }));
  }

  function action(defaultHandler, configurable) {
    let handler = null;
    const call = (...args) => (handler ? handler(...args) : defaultHandler(...args));
    call.isDefault = () => handler === null;
    if (configurable) call.configure = (options) => void (handler = options.handler || options);
    return call;
  }

  Shopify.actions = {
    getCart: action(async () => ({ cart: cartOf((await ajax("cart.js")).answer) }), false),
    updateCart: action((payload) => {
      const promise = write(payload);
      announce(payload, promise);
      return promise;
    }, true),
    openCart: action(async () => void location.assign(`${root}cart`), true),
  };

  const remembered = { value: Shopify.__consent.consent };
  const allowed = () => remembered.value === "granted";
  function decide(granted) {
    remembered.value = granted ? "granted" : "denied";
    document.cookie = `_tracking_consent=${remembered.value}; path=/; max-age=31536000; samesite=lax`;
    const detail = {
      analyticsAllowed: granted,
      marketingAllowed: granted,
      preferencesAllowed: granted,
      saleOfDataAllowed: granted,
    };
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
  }
  const customerPrivacy = {
    analyticsProcessingAllowed: allowed,
    marketingAllowed: allowed,
    preferencesProcessingAllowed: allowed,
    saleOfDataAllowed: allowed,
    userCanBeTracked: allowed,
    shouldShowBanner: () => remembered.value === "",
    getRegion: () => Shopify.__consent.region,
    currentVisitorConsent: () => {
      const value = { granted: "yes", denied: "no" }[remembered.value] || "";
      return { analytics: value, marketing: value, preferences: value, sale_of_data: value };
    },
    setTrackingConsent(consent, done) {
      decide(consent.analytics === true);
      done?.();
    },
  };
  Shopify.loadFeatures = (features, done) => {
    if (features.some((feature) => feature.name === "consent-tracking-api")) Shopify.customerPrivacy = customerPrivacy;
    const unknown = features.filter((feature) => feature.name !== "consent-tracking-api");
    setTimeout(() => done?.(unknown.length > 0 ? new Error(`Unknown feature ${unknown[0].name}`) : null));
  };

  const TEXTS = {
    en: [
      "May we count visits to make the shop better? Nothing is kept without your yes.",
      "No, thanks",
      "Yes, that is fine",
    ],
    ja: [
      "お店を良くするため、訪問の計測にご協力いただけますか。同意がなければ何も記録しません。",
      "同意しない",
      "同意する",
    ],
  };
  function showBanner() {
    const [text, no, yes] = TEXTS[Shopify.locale] || TEXTS.en;
    const banner = document.createElement("div");
    banner.className = "consent";
    banner.setAttribute("role", "region");
    banner.setAttribute("aria-label", text);
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    const buttons = document.createElement("div");
    buttons.className = "consent__buttons";
    for (const [label, granted] of [
      [no, false],
      [yes, true],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = granted ? "button" : "button button--plain";
      button.textContent = label;
      button.addEventListener("click", () => {
        decide(granted);
        banner.remove();
      });
      buttons.append(button);
    }
    banner.append(paragraph, buttons);
    document.body.append(banner);
  }
  const again = document.querySelector("[data-open-consent]");
  if (again) {
    again.hidden = false;
    again.addEventListener("click", showBanner);
  }
  if (remembered.value === "") showBanner();
})();
