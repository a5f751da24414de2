// The admin's side of App Bridge: draws what the embedded app asks for around its frame.
const frame = document.getElementById("app-frame");
const texts = JSON.parse(document.getElementById("texts").textContent);
const appOrigin = frame ? new URL(frame.src).origin : null;
const BASE = "/admin/apps/tsuide";

const reply = (message) => frame.contentWindow.postMessage(message, appOrigin);
const byId = (id) => document.getElementById(id);

async function idToken() {
  return (await fetch("/__id-token", { headers: { "X-Requested-With": "admin" } })).text();
}

const handlers = {
  async "id-token"({ id }) {
    reply({ type: "answer", id, value: await idToken() });
  },
  async extensions({ id }) {
    reply({ type: "answer", id, value: await (await fetch("/admin/__extensions.json")).json() });
  },
  async scopes({ id }) {
    reply({ type: "answer", id, value: await (await fetch("/admin/__scopes.json")).json() });
  },
  async "scopes-request"({ id, scopes }) {
    const detail = await (await fetch("/admin/__scopes.json")).json();
    const missing = scopes.filter((scope) => !detail.granted.includes(scope));
    if (missing.some((scope) => !detail.optional.includes(scope))) {
      return reply({ type: "answer", id, value: { result: "declined-all", detail } });
    }
    const granted = missing.length === 0 || (await askMerchant(missing));
    const after = granted && missing.length > 0 ? await changeScopes({ grant: missing }) : detail;
    reply({ type: "answer", id, value: { result: granted ? "granted-all" : "declined-all", detail: after } });
  },
  async "scopes-revoke"({ id, scopes }) {
    reply({ type: "answer", id, value: { detail: await changeScopes({ revoke: scopes }) } });
  },
  "confirm-leave"({ id }) {
    reply({ type: "answer", id, value: confirm(texts.leave) });
  },
  location({ path }) {
    history.replaceState(null, "", BASE + path);
    markCurrent(path);
  },
  menu({ items }) {
    const list = byId("app-menu");
    list.replaceChildren(
      ...items
        .filter((item) => !item.home)
        .map((item) => {
          const entry = document.createElement("li");
          const link = document.createElement("a");
          link.href = BASE + item.href;
          link.textContent = item.label;
          link.dataset.appHref = item.href;
          entry.append(link);
          return entry;
        }),
    );
    const home = items.find((item) => item.home);
    if (home) byId("app-home").dataset.appHref = home.href;
    markCurrent(location.pathname.slice(BASE.length));
  },
  title({ title, buttons }) {
    byId("app-title").textContent = title || "Tsuide";
    document.title = `${title || "Tsuide"} · ${document.body.dataset.shop}`;
    byId("title-actions").replaceChildren(
      ...buttons.map((each, index) =>
        button(each.label, each.primary, () => reply({ type: "title-click", value: index })),
      ),
    );
  },
  "save-bar"({ visible, buttons }) {
    byId("save-bar").hidden = !visible;
    document.body.classList.toggle("unsaved", visible);
    const ordered = buttons
      .map((each, index) => ({ ...each, index }))
      .sort((a, b) => Number(a.primary) - Number(b.primary));
    byId("save-bar-actions").replaceChildren(
      ...ordered.map((each) => {
        const label = each.label || (each.primary ? texts.save : texts.discard);
        const made = button(label, each.primary, () => reply({ type: "save-bar-click", value: each.index }));
        made.disabled = each.disabled || each.loading || false;
        if (each.loading) made.setAttribute("aria-busy", "true");
        return made;
      }),
    );
  },
  toast({ id, message, isError, duration, action }) {
    const toast = document.createElement("div");
    toast.className = isError ? "toast toast--error" : "toast";
    toast.dataset.id = id;
    const text = document.createElement("span");
    text.textContent = message;
    toast.append(text);
    if (action) {
      toast.append(
        button(action, false, () => {
          reply({ type: "toast-action", id });
          toast.remove();
        }),
      );
    }
    const close = button("×", false, () => toast.remove());
    close.setAttribute("aria-label", texts.close);
    toast.append(close);
    byId("toasts").append(toast);
    setTimeout(() => toast.remove(), duration);
  },
  "toast-hide"({ id }) {
    document.querySelector(`.toast[data-id="${CSS.escape(id)}"]`)?.remove();
  },
  loading({ isLoading }) {
    byId("loading").classList.toggle("on", isLoading);
  },
  open({ path, newTab }) {
    const url = `/admin${path}`;
    if (newTab) open(url, "_blank");
    else location.assign(url);
  },
};

async function changeScopes(change) {
  const response = await fetch("/admin/__scopes.json", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "admin" },
    body: JSON.stringify(change),
  });
  return response.json();
}

/** Shopify's own dialog: what the app wants to be allowed, to be granted or declined as a whole. */
function askMerchant(scopes) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "grant";
    dialog.setAttribute("aria-labelledby", "grant-title");
    const heading = document.createElement("h2");
    heading.id = "grant-title";
    heading.textContent = texts.grantTitle;
    const list = document.createElement("ul");
    list.append(
      ...scopes.map((scope) => {
        const item = document.createElement("li");
        item.textContent = scope;
        return item;
      }),
    );
    const actions = document.createElement("div");
    actions.className = "grant__actions";
    const answer = (value) => () => dialog.close(value);
    actions.append(button(texts.decline, false, answer("")), button(texts.grant, true, answer("granted")));
    dialog.append(heading, list, actions);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "granted");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function button(label, primary, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.className = primary ? "button button--primary" : "button";
  made.addEventListener("click", onClick);
  return made;
}

function markCurrent(path) {
  const current = path.split("?")[0].replace(/\/$/, "");
  for (const link of document.querySelectorAll("[data-app-href]")) {
    const href = link.dataset.appHref.replace(/\/$/, "");
    if (href === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow || event.origin !== appOrigin) return;
  if (event.data?.source !== "app-bridge") return;
  // Without an answer the app would wait for ever, for a token above all.
  handlers[event.data.type]?.(event.data)?.catch?.(() => {
    reply({ type: "answer", id: event.data.id, failed: true });
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-app-href]");
  if (link && frame && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    if (document.body.classList.contains("unsaved") && !confirm(texts.leave)) return;
    document.body.classList.remove("menu-open");
    reply({ type: "navigate", value: link.dataset.appHref });
    return;
  }
  const opensMenu = event.target.closest("#menu-button");
  if (opensMenu) document.body.classList.toggle("menu-open");
  else if (!event.target.closest(".side")) document.body.classList.remove("menu-open");
  byId("menu-button").setAttribute("aria-expanded", String(document.body.classList.contains("menu-open")));
  for (const details of document.querySelectorAll("details.dropdown[open]")) {
    if (!details.contains(event.target)) details.removeAttribute("open");
  }
});

// A click inside the app's frame closes what hangs open around it.
addEventListener("blur", () => {
  for (const details of document.querySelectorAll("details.dropdown[open]")) details.removeAttribute("open");
});
