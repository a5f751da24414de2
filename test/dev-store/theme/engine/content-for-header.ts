import { pixelsOnPage, type StandardEvent } from "../../pixel/pixels-on-page.ts";
import { bundledAssets } from "./bundled-assets.ts";
import { safeJson } from "./filters.ts";
import type { PageScope } from "./page-scope.ts";
import { themeInfo } from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";

/** Shopify's own part of the head: `window.Shopify`, the theme's bundles, extension assets, standard actions. */
export function contentForHeader(scope: PageScope, head: string, events: readonly StandardEvent[]): string {
  const { context, visitor } = scope;
  const themeDir = themeDirOf(context);
  const { name, version } = themeInfo(themeDir);
  const shopify = {
    shop: context.shop.domain,
    locale: visitor.locale,
    country: visitor.country,
    currency: { active: visitor.currency, rate: String(visitor.market.rate) },
    theme: { name, id: 1, schema_name: name, schema_version: version, theme_store_id: null, role: "main" },
    routes: { root: `${visitor.prefix}/` },
    designMode: false,
  };
  const bundle = bundledAssets(themeDir);
  const links = [...scope.stylesheets].map((url) => `<link rel="stylesheet" href="${url}" media="all">`);
  const scripts = [...scope.scripts].map((url) => `<script src="${url}" defer></script>`);
  const consent = { consent: visitor.consent, region: visitor.country };
  return [
    `<script>window.Shopify = Object.assign(window.Shopify || {}, ${safeJson(shopify)}); window.Shopify.__consent = ${safeJson(consent)};</script>`,
    pixelsOnPage(context, visitor, events),
    `<script src="/__shopify/standard-actions.js" defer></script>`,
    `<script src="/__shopify/storefront.js" defer></script>`,
    bundle.styles ? `<link rel="stylesheet" href="/cdn/compiled/styles.css?v=${bundle.version}" media="all">` : "",
    bundle.scripts ? `<script src="/cdn/compiled/scripts.js?v=${bundle.version}" defer></script>` : "",
    ...links,
    ...scripts,
    head,
  ]
    .filter(Boolean)
    .join("\n");
}

/** Addresses of Shopify's file host that the dev store answers itself; every other one stays as it is. */
const SHOPIFY_CDN = /https:\/\/cdn\.shopify\.com\/storefront\/(standard-(?:events|actions))\.js/g;

/** A page whose requests for Shopify's own scripts go to the dev store. */
export function playCdn(html: string): string {
  return html.replace(SHOPIFY_CDN, "/__shopify/$1.js");
}
