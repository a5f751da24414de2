// Stand-in for Shopify's App Bridge: what the script does inside an embedded app, with messages to the dev store's
// admin frame.
(() => {
  const own = document.currentScript;
  const FRAME = new URL(own.src).origin;
  const params = new URLSearchParams(location.search);
  const originalFetch = window.fetch.bind(window);
  const originalOpen = window.open.bind(window);

  // --- Talking to the frame -------------------------------------------------------------------------------------
  let lastId = 0;
  const waiting = new Map();
  const send = (type, detail = {}) => window.parent.postMessage({ source: "app-bridge", type, ...detail }, FRAME);
  const ask = (type, detail = {}) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      send(type, { id, ...detail });
    });

  window.addEventListener("message", (event) => {
    if (event.origin !== FRAME || event.source !== window.parent) return;
    const { type, id, value } = event.data || {};
    if (type === "answer") {
      const { resolve, reject } = waiting.get(id) ?? {};
      if (event.data.failed) reject?.(new TypeError("Failed to fetch"));
      else resolve?.(value);
      waiting.delete(id);
    } else if (type === "navigate") navigate(value);
    else if (type === "toast-action") toastActions.get(id)?.();
    else if (type === "save-bar-click") clickSaveBar(value);
    else if (type === "title-click")
      document.querySelectorAll("ui-title-bar button, s-page [slot=primary-action]")[value]?.click();
  });

  const idToken = () => ask("id-token");

  // --- A page that only fetches a fresh session token and goes back ----------------------------------------------
  const reload = params.get("shopify-reload");
  if (reload) {
    idToken().then((token) => {
      const target = new URL(reload, location.origin);
      if (target.origin !== location.origin) return;
      target.searchParams.set("id_token", token);
      location.replace(target);
    });
    return;
  }

  // --- Requests to the app's own server carry the session token ---------------------------------------------------
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin) return originalFetch(input, init);
    const send = async (one) => {
      one.headers.set("Authorization", `Bearer ${await idToken()}`);
      one.headers.set("X-Requested-With", "XMLHttpRequest");
      return originalFetch(one);
    };
    const again = request.clone();
    const response = await send(request);
    const reauthorize = response.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (reauthorize) open(new URL(reauthorize, location.origin).href, "_top");
    return response.status === 401 && response.headers.has("X-Shopify-Retry-Invalid-Session-Request")
      ? send(again)
      : response;
  };

  // --- Links into the admin ----------------------------------------------------------------------------------------
  const adminPath = (url) => {
    const text = String(url);
    const scheme = /^shopify:(?:\/\/)?admin(\/.*)?$/.exec(text);
    if (scheme) return scheme[1] || "/";
    const shop = /^https:\/\/[a-z0-9-]+\.myshopify\.com\/admin(\/.*)?$/.exec(text);
    if (shop) return shop[1] || "/";
    const admin = /^https:\/\/admin\.shopify\.com\/store\/[a-z0-9-]+(\/.*)?$/.exec(text);
    return admin ? admin[1] || "/" : null;
  };
  window.open = (url, target, features) => {
    const path = adminPath(url ?? "");
    if (path === null) return originalOpen(url, target, features);
    send("open", { path, newTab: target === "_blank" || target === undefined });
    return null;
  };
  document.addEventListener(
    "click",
    (event) => {
      const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement && each.href);
      const path = link && adminPath(link.href);
      if (!path || event.defaultPrevented) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      send("open", { path, newTab: link.target === "_blank" });
    },
    true,
  );

  // --- The address of the frame follows the app ------------------------------------------------------------------
  const FRAME_PARAMS = [
    "embedded",
    "host",
    "shop",
    "locale",
    "id_token",
    "session",
    "timestamp",
    "hmac",
    "_data",
    "index",
  ];
  let sentPath = "";
  function tellLocation() {
    const search = new URLSearchParams(location.search);
    for (const name of FRAME_PARAMS) search.delete(name);
    const text = search.toString();
    const path = location.pathname + (text ? `?${text}` : "");
    if (path !== sentPath) send("location", { path });
    sentPath = path;
  }
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      tellLocation();
    };
  }
  window.addEventListener("popstate", tellLocation);

  // These elements are for the frame to draw. A style element would upset an app that hydrates the whole document.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("ui-nav-menu, ui-title-bar, ui-save-bar, s-app-nav { display: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  // --- Navigation menu --------------------------------------------------------------------------------------------
  const menuLinks = () => [...document.querySelectorAll("ui-nav-menu a, s-app-nav a, s-app-nav s-link")];
  function navigate(href) {
    let link = menuLinks().find((each) => each.getAttribute("href") === href);
    if (!link) {
      link = document.createElement("a");
      link.setAttribute("href", href);
      link.hidden = true;
      document.body.append(link);
      setTimeout(() => link.remove());
    }
    link.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
  }
  let sentMenu = "";
  function tellMenu() {
    const items = menuLinks().map((link) => ({
      label: link.textContent.trim(),
      href: link.getAttribute("href"),
      home: link.getAttribute("rel") === "home",
    }));
    if (items.length === 0 || JSON.stringify(items) === sentMenu) return;
    sentMenu = JSON.stringify(items);
    send("menu", { items });
  }

  // --- Title bar ---------------------------------------------------------------------------------------------------
  let sentTitle = "";
  function tellTitle() {
    const bar = document.querySelector("ui-title-bar");
    const buttons = bar
      ? [...bar.querySelectorAll("button, a")].map((each) => ({
          label: each.textContent.trim(),
          primary: each.getAttribute("variant") === "primary",
        }))
      : [];
    const title = { title: bar?.getAttribute("title") ?? document.title, buttons };
    if (JSON.stringify(title) === sentTitle) return;
    sentTitle = JSON.stringify(title);
    send("title", title);
  }

  // --- Contextual save bar ----------------------------------------------------------------------------------------
  let shownBar = null;
  const barButtons = () => [...(shownBar?.element?.querySelectorAll("button") ?? [])];
  let sentBar = "";
  function tellSaveBar() {
    const buttons = shownBar?.form
      ? [{ primary: true }, { primary: false }]
      : barButtons().map((button) => ({
          label: button.textContent.trim(),
          primary: button.getAttribute("variant") === "primary",
          loading: button.hasAttribute("loading") && button.getAttribute("loading") !== "false",
          disabled: button.disabled,
        }));
    const bar = { visible: shownBar !== null, buttons };
    if (JSON.stringify(bar) === sentBar) return;
    sentBar = JSON.stringify(bar);
    send("save-bar", bar);
  }
  function clickSaveBar(index) {
    if (!shownBar?.form) return void barButtons()[index]?.click();
    const { form } = shownBar;
    if (index === 0) form.requestSubmit();
    else form.reset();
    hideSaveBar();
  }
  function hideSaveBar() {
    shownBar = null;
    tellSaveBar();
  }
  const saveBar = {
    async show(id) {
      const element = document.getElementById(id);
      if (!element) throw new Error(`There is no save bar ${id}`);
      shownBar = { id, element };
      tellSaveBar();
    },
    async hide(id) {
      if (shownBar?.id === id) hideSaveBar();
    },
    async toggle(id) {
      return shownBar?.id === id ? saveBar.hide(id) : saveBar.show(id);
    },
    async leaveConfirmation() {
      if (shownBar && !(await ask("confirm-leave"))) throw new Error("The merchant stays on the page");
    },
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-save-bar]");
    if (!form || shownBar) return;
    shownBar = { id: null, form };
    tellSaveBar();
  });
  document.addEventListener("reset", (event) => {
    if (shownBar?.form === event.target) hideSaveBar();
  });

  // --- Modals ------------------------------------------------------------------------------------------------------
  const modal = {
    async show(id) {
      const element = document.getElementById(id);
      if (!element) throw new Error(`There is no modal ${id}`);
      element.setAttribute("open", "");
      element.style.cssText =
        "display:block;position:fixed;inset:0;z-index:600;background:rgb(0 0 0 / 45%);padding:8vh 16px;overflow:auto";
      element.dispatchEvent(new Event("show"));
    },
    async hide(id) {
      const element = document.getElementById(id);
      element?.removeAttribute("open");
      if (element) element.style.cssText = "display:none";
      element?.dispatchEvent(new Event("hide"));
    },
    async toggle(id) {
      return document.getElementById(id)?.hasAttribute("open") ? modal.hide(id) : modal.show(id);
    },
  };
  class Overlay extends HTMLElement {
    connectedCallback() {
      if (!this.hasAttribute("open")) this.style.display = "none";
    }
    show() {
      return modal.show(this.id);
    }
    hide() {
      return modal.hide(this.id);
    }
  }
  class SaveBarElement extends HTMLElement {
    connectedCallback() {
      this.style.display = "none";
    }
    disconnectedCallback() {
      if (shownBar?.element === this) hideSaveBar();
    }
    show() {
      return saveBar.show(this.id);
    }
    hide() {
      return saveBar.hide(this.id);
    }
  }
  if (!customElements.get("ui-modal")) customElements.define("ui-modal", Overlay);
  if (!customElements.get("ui-save-bar")) customElements.define("ui-save-bar", SaveBarElement);

  // --- The `shopify` global ---------------------------------------------------------------------------------------
  const toastActions = new Map();
  const kept = (name) => {
    const key = `app-bridge-${name}`;
    const given = params.get(name);
    try {
      if (given) sessionStorage.setItem(key, given);
      return given ?? sessionStorage.getItem(key) ?? "";
    } catch {
      return given ?? "";
    }
  };
  window.shopify = {
    config: { apiKey: own.dataset.apiKey, shop: kept("shop"), locale: kept("locale"), host: kept("host") },
    origin: location.origin,
    protocol: "https",
    ready: Promise.resolve(),
    environment: { embedded: true, mobile: false, intents: false, pos: false },
    idToken,
    loading: (isLoading = true) => send("loading", { isLoading }),
    toast: {
      show(message, options = {}) {
        const id = String(++lastId);
        if (options.onAction) toastActions.set(id, options.onAction);
        send("toast", {
          id,
          message: String(message),
          isError: options.isError === true,
          duration: options.duration ?? 5000,
          action: options.action ?? null,
        });
        return id;
      },
      hide: (id) => send("toast-hide", { id }),
    },
    saveBar,
    modal,
    app: { extensions: () => ask("extensions") },
    user: async () => ({ accountAccess: "owner" }),
    scopes: {
      query: () => ask("scopes"),
      request: (scopes) => ask("scopes-request", { scopes: [...scopes] }),
      revoke: (scopes) => ask("scopes-revoke", { scopes: [...scopes] }),
    },
    resourcePicker: async () => undefined,
    reviews: {
      request: async () => ({ success: false, code: "cooldown-period", message: "Not asked in a dev store" }),
    },
  };

  // --- Keeping the frame up to date -------------------------------------------------------------------------------
  function tellAll() {
    tellLocation();
    tellMenu();
    tellTitle();
    tellSaveBar();
  }
  const start = () => {
    tellAll();
    new MutationObserver(tellAll).observe(document.documentElement, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
      attributeFilter: ["title", "href", "loading", "disabled", "variant"],
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
