import { Drop } from "liquidjs";
import { productByHandle, productsIn, searchProducts } from "../../storefront/catalog.ts";
import { marketsOf, viewOf } from "../../storefront/visitor.ts";
import { currencySymbol, moneyFormat } from "./money-format.ts";
import { customerObject } from "./customer.ts";
import { Lookup } from "./lookup.ts";
import { menus } from "./menus.ts";
import { cartObject, collectionObject, metafieldsObject, pagedProducts, productObject, withJson } from "./objects.ts";
import type { PageScope } from "./page-scope.ts";
import { themeInfo } from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";

/** `template`: compares and prints as its name, and has one. */
export class TemplateDrop extends Drop {
  readonly name: string;
  readonly suffix = null;
  readonly directory = null;
  constructor(name: string) {
    super();
    this.name = name;
  }
  override valueOf(): string {
    return this.name;
  }
  override toString(): string {
    return this.name;
  }
}

const ENDONYMS: Record<string, string> = { en: "English", ja: "日本語" };
const LANGUAGES: Record<string, string> = { en: "English", ja: "Japanese" };

function languageObject(scope: PageScope, locale: string) {
  const primary = scope.context.shop.locale === locale;
  const root_url = primary ? "/" : `/${locale}`;
  return { iso_code: locale, endonym_name: ENDONYMS[locale], name: LANGUAGES[locale], primary, root_url };
}

const countryNames = new Map<string, Intl.DisplayNames>();

function countryName(code: string, locale: string): string {
  const names = countryNames.get(locale) ?? new Intl.DisplayNames([locale], { type: "region" });
  countryNames.set(locale, names);
  return names.of(code) ?? code;
}

function localization(scope: PageScope) {
  const { context, visitor } = scope;
  const country = (code: string) => {
    const market = marketsOf(context.shop).find((each) => each.countries.includes(code)) ?? visitor.market;
    return {
      iso_code: code,
      name: countryName(code, visitor.locale),
      unit_system: "metric",
      currency: { iso_code: market.currency, name: market.currency, symbol: currencySymbol(market.currency) },
      market: { id: market.id, handle: market.handle },
    };
  };
  return {
    available_countries: marketsOf(context.shop).flatMap((market) => market.countries.map(country)),
    available_languages: ["en", "ja"].map((locale) => languageObject(scope, locale)),
    country: country(visitor.country),
    language: languageObject(scope, visitor.locale),
    market: { id: visitor.market.id, handle: visitor.market.handle, metafields: {} },
  };
}

/** `path` is the page's, to which a shopper who logs in comes back. */
function routes(prefix: string, path: string) {
  return {
    root_url: prefix || "/",
    cart_url: `${prefix}/cart`,
    cart_add_url: `${prefix}/cart/add`,
    cart_change_url: `${prefix}/cart/change`,
    cart_clear_url: `${prefix}/cart/clear`,
    cart_update_url: `${prefix}/cart/update`,
    collections_url: `${prefix}/collections`,
    all_products_collection_url: `${prefix}/collections/all`,
    search_url: `${prefix}/search`,
    predictive_search_url: `${prefix}/search/suggest`,
    product_recommendations_url: `${prefix}/recommendations/products`,
    account_url: `${prefix}/account`,
    account_login_url: `${prefix}/account/login`,
    storefront_login_url: `${prefix}/account/login?return_to=${encodeURIComponent(prefix + path)}`,
    account_logout_url: `${prefix}/account/logout`,
    account_register_url: `${prefix}/account/register`,
  };
}

function shopObject(scope: PageScope) {
  const { shop, origin } = scope.context;
  const { visitor } = scope;
  return withJson(
    {
      id: Number(shop.id.replace(/\D/g, "")) || 0,
      name: shop.name,
      currency: shop.currency,
      domain: new URL(origin).host,
      permanent_domain: shop.domain,
      url: origin,
      secure_url: origin,
      email: "",
      description: "",
      locale: shop.locale,
      money_format: shop.moneyFormat ?? moneyFormat(visitor.currency),
      money_with_currency_format: `${moneyFormat(visitor.currency)} ${visitor.currency}`,
      enabled_currencies: marketsOf(shop).map((market) => ({ iso_code: market.currency })),
      published_locales: ["en", "ja"].map((locale) => languageObject(scope, locale)),
      customer_accounts_enabled: true,
      customer_accounts_optional: true,
      accepts_gift_cards: false,
      products_count: shop.products.size,
      enabled_payment_types: [],
      address: { country: visitor.country, zip: "", city: "", street: "" },
      phone: "",
      brand: null,
      policies: [],
      ...{ privacy_policy: null, refund_policy: null, shipping_policy: null, terms_of_service: null },
      ...{ subscription_policy: null, features: {}, vendors: [], types: [] },
      get metafields() {
        return metafieldsObject(scope, "Shop/", null);
      },
    },
    () => ({ name: shop.name, currency: shop.currency, permanent_domain: shop.domain }),
  );
}

function searchObject(scope: PageScope) {
  const terms = scope.url.searchParams.get("q") ?? "";
  const found = () => searchProducts(scope.context.shop, terms, viewOf(scope.context, scope.visitor));
  return {
    terms,
    performed: terms !== "",
    types: ["product"],
    filters: [],
    sort_by: "",
    default_sort_by: "relevance",
    sort_options: [],
    get results() {
      return pagedProducts(scope, found());
    },
    get results_count() {
      return found().length;
    },
  };
}

const NOTHING = new Lookup(() => null);

/** What every Liquid file of a page can name: Shopify's global objects. */
export function globalObjects(scope: PageScope, template: string): Record<string, unknown> {
  const { context, visitor, url } = scope;
  const { shop } = context;
  const view = viewOf(context, visitor);
  const collections = shop.collections.map((collection) => collectionObject(scope, collection));
  const byHandle = Object.fromEntries(shop.collections.map((each, index) => [each.handle, collections[index]]));
  const all = collectionObject(scope, { id: "0", handle: "all", title: "All" });
  return {
    __scope: scope,
    shop: shopObject(scope),
    cart: cartObject(scope, scope.priced),
    localization: localization(scope),
    routes: routes(visitor.prefix, visitor.path),
    request: {
      locale: languageObject(scope, visitor.locale),
      page_type: template,
      path: visitor.prefix + visitor.path,
      host: url.host,
      origin: url.origin,
      // The theme editor opens pages with this parameter.
      design_mode: url.searchParams.has("oseid"),
      visual_preview_mode: false,
    },
    template: new TemplateDrop(template),
    app: {
      get metafields() {
        return metafieldsObject(scope, "AppInstallation/", null);
      },
    },
    collections: Object.assign(collections, byHandle, { all }),
    search: searchObject(scope),
    get customer() {
      return visitor.customerId === null ? null : customerObject(scope, visitor.customerId);
    },
    linklists: menus(scope, collections),
    all_products: new Lookup((handle) => {
      const product = productByHandle(shop, handle, view);
      return product && productObject(scope, product);
    }),
    // The shop has none of these.
    ...{ pages: NOTHING, blogs: NOTHING, articles: NOTHING, images: NOTHING, metaobjects: NOTHING },
    theme: { id: 1, name: themeInfo(themeDirOf(context)).name, role: "main" },
    page_description: null,
    page_image: null,
    additional_checkout_buttons: false,
    content_for_additional_checkout_buttons: "",
    canonical_url: context.origin + visitor.prefix + visitor.path,
    current_page: Number(url.searchParams.get("page") ?? 1) || 1,
    current_tags: null,
    handle: "",
    powered_by_link: "",
    products_count: productsIn(shop, "all", view)?.length ?? 0,
  };
}
