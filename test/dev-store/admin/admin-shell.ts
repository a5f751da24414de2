import type { StoreContext } from "../shop/state.ts";
import { safeJson } from "../theme/engine/filters.ts";
import { type AdminTexts, adminTexts } from "./admin-texts.ts";
import { escapeHtml as e } from "../storefront/responses.ts";
import type { Locale } from "../storefront/visitor.ts";

const icon = (path: string) =>
  `<svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;
const ICONS = {
  home: icon(`<path d="M3 9.5 10 3l7 6.5V17h-5v-4.5H8V17H3z"/>`),
  orders: icon(`<path d="M4 3h12l1 9v5H3v-5zM3 12h4l1 2h4l1-2h4"/>`),
  store: icon(`<path d="M3 8h14v9H3zM3 8l1.5-5h11L17 8M8 17v-5h4v5"/>`),
  menu: `<svg viewBox="0 0 20 20" width="22" height="22" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M3 5.5h14M3 10h14M3 14.5h14"/></svg>`,
  search: icon(`<circle cx="9" cy="9" r="5.5"/><path d="m13 13 4 4"/>`),
};
const APP_MARK = `<span class="app-mark"><svg viewBox="0 0 32 32" width="16" height="16" aria-hidden="true"><path fill="#f6f2ea" d="M5 6h22v4H5zM7 10h5v16H7zM14 10h5v12h-5zM21 10h5v16h-5z"/></svg></span>`;
const LOGO = `<svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true"><path fill="#95bf47" d="M5 8h14l1.5 13H3.5z"/><path fill="none" stroke="#fff" stroke-width="1.6" d="M8.5 10V7a3.5 3.5 0 0 1 7 0v3"/></svg>`;

/** Where in the admin a page is, for the menu. */
export type AdminPlace = "app" | "orders" | "other";

export interface AdminPage {
  place: AdminPlace;
  title: string;
  body: string;
}

function topBar(context: StoreContext, locale: Locale, path: string, texts: AdminTexts): string {
  const { name } = context.shop;
  const language = (to: Locale, label: string) =>
    `<a href="/admin/__locale?to=${to}&amp;return=${encodeURIComponent(path)}" lang="${to}"${locale === to ? ' aria-current="true"' : ""}>${label}</a>`;
  return `<header class="top">
    <button type="button" class="icon" id="menu-button" aria-label="${texts.menu}" aria-expanded="false" aria-controls="side">${ICONS.menu}</button>
    <a class="logo" href="/admin">${LOGO}<span>${texts.devStore}</span></a>
    <div class="search" aria-hidden="true">${ICONS.search}${texts.search}</div><span class="spacer"></span>
    <nav class="langs" aria-label="${texts.language}">${language("en", "EN")}${language("ja", "日本語")}</nav>
    <details class="dropdown"><summary><span class="shop-name">${e(name)}</span><span class="avatar" aria-hidden="true">${e([...name][0] ?? "S")}</span><span class="hidden">${texts.devStore}</span></summary>
      <div class="dropdown__panel"><p>${texts.devStoreNote}</p>
        <a href="/" target="_blank">${texts.viewStore}</a><a href="/admin/orders">${texts.ordersAndRefunds}</a>
        <form method="post" action="/admin/__consent"><button>${texts.resetConsent}</button></form></div></details>
  </header>`;
}

function sideBar(place: AdminPlace, texts: AdminTexts): string {
  const current = (here: AdminPlace) => (place === here ? ' aria-current="page"' : "");
  const appLink = place === "app" ? ' data-app-href="/app"' : "";
  return `<nav class="side" id="side" aria-label="${texts.menu}">
    <ul><li><a href="/admin/orders"${current("orders")}>${ICONS.orders}${texts.orders}</a></li>
    <li><a href="/" target="_blank">${ICONS.store}${texts.onlineStore}</a></li></ul>
    <h2>${texts.apps}</h2>
    <ul><li><a id="app-home" href="/admin/apps/tsuide"${appLink}>${APP_MARK}Tsuide</a><ul id="app-menu"></ul></li></ul>
  </nav>`;
}

/** A page of the admin: top bar, menu, and what is given inside. */
export function adminShell(context: StoreContext, locale: Locale, path: string, page: AdminPage): string {
  const texts = adminTexts(locale);
  const { leave, save, discard, close, grantTitle, grant, decline } = texts;
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${e(page.title)} · ${e(context.shop.name)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/__shopify/admin-frame.css"></head>
<body data-shop="${e(context.shop.name)}">${topBar(context, locale, path, texts)}
<div class="body">${sideBar(page.place, texts)}<main class="main">${page.body}
<div id="save-bar" role="region" aria-label="${texts.unsaved}" hidden><div class="save-bar__box"><span class="label">${texts.unsaved}</span><span id="save-bar-actions"></span></div></div>
<div id="loading" aria-hidden="true"></div></main></div>
<div id="toasts" role="status" aria-live="polite"></div>
<script type="application/json" id="texts">${safeJson({ leave, save, discard, close, grantTitle, grant, decline })}</script>
<script type="module" src="/__shopify/admin-frame.js"></script></body></html>`;
}

/**
 * The page that holds the embedded app. Each has a frame of a new name, so that going back after a reload does not
 * bring up an address of the app that was signed for an earlier frame.
 */
export function appPage(src: string, name: string): AdminPage {
  return {
    place: "app",
    title: "Tsuide",
    body: `<div class="app-bar">${APP_MARK}<span class="crumb">Tsuide</span><span id="app-title"></span><span id="title-actions"></span></div>
      <iframe id="app-frame" name="${e(name)}" title="Tsuide" src="${e(src)}" allow="clipboard-write"></iframe>`,
  };
}
