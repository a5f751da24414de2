import { attempt } from "../core/shopify-globals.ts";

/** Where the browser of a shopper who allows analytics keeps the text of its unit. */
const KEPT = "tsuide";
/** What a unit's text may be: a visitor's or a cart's. */
const UNIT = /^[vc]:[\w.-]{1,100}$/;

/** Whether the shopper allows analytics; undefined as long as Shopify's consent API is not loaded. */
const isAllowed = () => attempt(() => window.Shopify!.customerPrivacy!.analyticsProcessingAllowed());

/** The token of the cart, which Shopify's own cookie holds; its secret, behind "?", is no part of it. */
export const cartToken = () => /(?:^|; )cart=([\w.-]+)/.exec(document.cookie)?.[1];

/**
 * The unit of the shopper, by what is known before the page is painted: what the browser keeps, which is there with
 * consent only; else the cart; else, where consent is known already, a new visitor. Undefined for a shopper with neither.
 */
export function unitOfPage(): string | undefined {
  const allowed = isAllowed();
  const kept = allowed !== false && attempt(() => localStorage[KEPT] as string);
  if (kept && UNIT.test(kept)) return kept;
  const token = cartToken();
  return token ? "c:" + token.slice(0, 100) : allowed ? newUnit() : undefined;
}

const newUnit = () => "v:" + crypto.randomUUID();

/**
 * Keeps the unit of this page, or a new one where it has none, once the shopper allows analytics: their next pages are
 * what this one was. Forgets it when they do not.
 */
export function followConsent(unit: string | undefined) {
  const keep = () => {
    const allowed = isAllowed();
    attempt(() => {
      if (allowed) localStorage[KEPT] = unit ||= newUnit();
      else if (allowed === false) localStorage.removeItem(KEPT);
    });
  };
  const load = () =>
    attempt(() => window.Shopify!.loadFeatures!([{ name: "consent-tracking-api", version: "0.1" }], keep));
  keep();
  document.addEventListener("visitorConsentCollected", keep);
  // Where Shopify defines it later than the page is parsed.
  for (const name of ["DOMContentLoaded", "load"]) addEventListener(name, load);
}
