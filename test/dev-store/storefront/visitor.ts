import { exponentOf } from "../../../app/domain/money/currency.ts";
import type { DevMarket, DevShop, DevVariant, StoreContext } from "../shop/state.ts";
import type { View } from "./catalog.ts";

export type Locale = "en" | "ja";

/** Who asks, as far as the storefront knows: their market, language and cart, read from the address and cookies. */
export interface Visitor {
  locale: Locale;
  country: string;
  market: DevMarket;
  currency: string;
  cartToken: string | null;
  /** Number of the customer who is logged in; null for nobody. */
  customerId: string | null;
  /** "" until the visitor has answered the consent banner. */
  consent: "" | "granted" | "denied";
  /** "" for the shop's own language, "/en" or "/ja" for the other one. */
  prefix: string;
  /** The path asked for, without the language prefix. */
  path: string;
}

const LOCALES: readonly Locale[] = ["en", "ja"];
const HOME_COUNTRY: Record<string, string> = { JPY: "JP", USD: "US", GBP: "GB", EUR: "DE", KWD: "KW" };

/** What somebody who visits the shop now can see of its catalogue. */
export function viewOf({ now }: Pick<StoreContext, "now">, { market }: Visitor): View {
  return { now: now(), excluded: market.excluded };
}

/** The markets of a shop; a shop without any sells at home in its own currency. */
export function marketsOf(shop: DevShop): DevMarket[] {
  if (shop.markets.length > 0) return shop.markets;
  const country = HOME_COUNTRY[shop.currency] ?? "US";
  const home = { id: "1", handle: country.toLowerCase(), name: country, countries: [country], rate: 1 };
  return [{ ...home, currency: shop.currency, locales: [shop.locale] }];
}

function homeMarket(shop: DevShop): DevMarket {
  const markets = marketsOf(shop);
  return markets.find((market) => market.currency === shop.currency) ?? markets[0]!;
}

/** The country that the shop itself is in. */
export function homeCountry(shop: DevShop): string {
  return homeMarket(shop).countries[0] ?? "US";
}

/** Cookies of a request by name; a malformed escape is kept as it stands. */
export function readCookies(request: Request): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    const value = part.slice(at + 1).trim();
    try {
      cookies.set(part.slice(0, at).trim(), decodeURIComponent(value));
    } catch {
      cookies.set(part.slice(0, at).trim(), value);
    }
  }
  return cookies;
}

/** Reads the visitor of a storefront request. The language is in the path, the country in a cookie, as at Shopify. */
export function readVisitor(request: Request, shop: DevShop): Visitor {
  const cookies = readCookies(request);
  const { pathname } = new URL(request.url);
  const other = LOCALES.find((locale) => locale !== shop.locale)!;
  const prefixed = pathname === `/${other}` || pathname.startsWith(`/${other}/`);
  const country = (cookies.get("localization") ?? "").toUpperCase();
  const market = marketsOf(shop).find((each) => each.countries.includes(country)) ?? homeMarket(shop);
  const customer = cookies.get("customer") ?? "";
  const consent = cookies.get("_tracking_consent");
  return {
    locale: prefixed ? other : shop.locale,
    country: market.countries.includes(country) ? country : (market.countries[0] ?? "US"),
    market,
    currency: market.currency,
    cartToken: cookies.get("cart") ?? null,
    customerId: /^\d{1,20}$/.test(customer) ? customer : null,
    consent: consent === "granted" || consent === "denied" ? consent : "",
    prefix: prefixed ? `/${other}` : "",
    path: prefixed ? pathname.slice(other.length + 1) || "/" : pathname,
  };
}

/** Whoever comes from the shop's own country and has answered nothing yet; a guest where there is no customer. */
export function homeVisitor(shop: DevShop, customerId: string | null): Visitor {
  const market = homeMarket(shop);
  const country = market.countries[0] ?? "US";
  const nowhere = { cartToken: null, consent: "", prefix: "", path: "/" } as const;
  return { ...nowhere, locale: shop.locale, country, market, currency: market.currency, customerId };
}

/** An amount of shop currency in the visitor's currency, rounded half up to its smallest unit. */
export function present(amountMinor: number, shop: DevShop, market: DevMarket): number {
  if (market.currency === shop.currency && market.rate === 1) return amountMinor;
  const scale = 10 ** (exponentOf(market.currency) - exponentOf(shop.currency));
  return Math.floor(amountMinor * market.rate * scale + 0.5);
}

/** What a variant costs in a market: by its own price list, or converted where that has no price for it. */
export function presentPrice(variant: Pick<DevVariant, "id" | "priceMinor">, shop: DevShop, market: DevMarket): number {
  return market.prices?.get(variant.id) ?? present(variant.priceMinor, shop, market);
}

/** An amount of the visitor's currency in shop currency, rounded half up to its smallest unit. */
export function settle(amountMinor: number, shop: DevShop, market: DevMarket): number {
  if (market.currency === shop.currency && market.rate === 1) return amountMinor;
  const scale = 10 ** (exponentOf(shop.currency) - exponentOf(market.currency));
  return Math.floor((amountMinor / market.rate) * scale + 0.5);
}
