import type { DevProduct, StoreContext } from "../shop/state.ts";
import { collectionObject, productObject } from "../theme/engine/objects.ts";
import type { PageScope } from "../theme/engine/page-scope.ts";
import { pageScope, renderPage, renderSectionsById } from "../theme/engine/render-page.ts";
import { productByHandle, productById, recommendationsFor, searchProducts } from "./catalog.ts";
import { priceCart } from "./price-cart.ts";
import { html, json } from "./responses.ts";
import { cartFor } from "./shop-session.ts";
import { marketsOf, type Visitor, viewOf } from "./visitor.ts";

/** A page of the theme: which template, with which objects of its own. */
interface Page {
  template: string;
  status: number;
  objects(scope: PageScope): Record<string, unknown>;
}

const plain = (template: string, title: string | null = null): Page => ({
  template,
  status: 200,
  objects: () => ({ page_title: title }),
});

const NOT_FOUND: Page = { template: "404", status: 404, objects: () => ({ page_title: "404" }) };

function productPage(context: StoreContext, visitor: Visitor, handle: string): Page {
  const product = productByHandle(context.shop, handle, viewOf(context, visitor));
  if (!product) return NOT_FOUND;
  return {
    template: "product",
    status: 200,
    objects: (scope) => ({ product: productObject(scope, product), page_title: product.title }),
  };
}

function collectionPage(context: StoreContext, handle: string): Page {
  const known = context.shop.collections.find((collection) => collection.handle === handle);
  if (!known && handle !== "all") return NOT_FOUND;
  const collection = known ?? { id: "0", handle: "all", title: "All" };
  const page_title = known ? known.title : context.shop.locale === "ja" ? "すべての商品" : "All products";
  return {
    template: "collection",
    status: 200,
    objects: (scope) => ({ collection: collectionObject(scope, collection), page_title }),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What a theme draws with a section of its own while the shopper looks at another page. */
function partialPage(context: StoreContext, visitor: Visitor, url: URL): Page | null {
  const { path } = visitor;
  const view = viewOf(context, visitor);
  if (path === "/search/suggest") {
    const found = searchProducts(context.shop, url.searchParams.get("q") ?? "", view).slice(0, MAX_SUGGESTED);
    return { ...plain("search"), objects: (scope) => ({ predictive_search: suggestions(scope, url, found) }) };
  }
  if (path !== "/recommendations/products") return null;
  const product = productById(context.shop, url.searchParams.get("product_id") ?? "");
  if (!product) return null;
  const intent = url.searchParams.get("intent") ?? "related";
  const limit = Math.min(MAX_SUGGESTED, Math.max(1, Number(url.searchParams.get("limit") ?? MAX_SUGGESTED) || 1));
  const found = recommendationsFor(context.shop, product, intent, limit, view);
  return {
    ...plain("product"),
    objects: (scope) => ({
      product: productObject(scope, product),
      recommendations: {
        ...{ "performed?": true, performed: true, intent, products_count: found.length },
        products: found.map((each) => productObject(scope, each)),
      },
    }),
  };
}

/** The most products that suggestions and recommendations show, as at Shopify. */
const MAX_SUGGESTED = 10;

function suggestions(scope: PageScope, url: URL, found: DevProduct[]): object {
  const products = found.map((each) => productObject(scope, each));
  return {
    performed: true,
    terms: url.searchParams.get("q") ?? "",
    types: ["product"],
    resources: { products, collections: [], pages: [], articles: [], queries: [] },
  };
}

/** The page that a visitor asks for; the not-found page for everything unknown. */
export function pageAt(context: StoreContext, visitor: Visitor): Page {
  const { path } = visitor;
  if (path === "/") return plain("index");
  if (path === "/cart") return plain("cart");
  if (path === "/search") return plain("search");
  if (path === "/collections") return plain("list-collections");
  const product = /^(?:\/collections\/[^/]+)?\/products\/([^/]+)$/.exec(path);
  if (product) return productPage(context, visitor, decode(product[1]!));
  const collection = /^\/collections\/([^/]+)$/.exec(path);
  return collection ? collectionPage(context, decode(collection[1]!)) : NOT_FOUND;
}

/** The most sections that one request may ask for, as at Shopify. */
const MAX_SECTIONS = 5;

/** HTML of sections by id as they are on a page; null for unknown ids. */
export async function sectionsOn(
  context: StoreContext,
  visitor: Visitor,
  url: URL,
  ids: string[],
): Promise<Record<string, string | null>> {
  const page = partialPage(context, visitor, url) ?? pageAt(context, visitor);
  const priced = await priceCart(context, visitor, cartFor(context, visitor.cartToken));
  const scope = pageScope(context, visitor, priced, url);
  return renderSectionsById(scope, page.template, page.objects(scope), ids.slice(0, MAX_SECTIONS));
}

async function sectionResponse(context: StoreContext, visitor: Visitor, url: URL): Promise<Response | null> {
  const several = url.searchParams.get("sections");
  const one = url.searchParams.get("section_id");
  if (several !== null) {
    const ids = several
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean);
    if (ids.length > MAX_SECTIONS) return json({ message: "Too many sections", status: 400 }, 400);
    return json(await sectionsOn(context, visitor, url, ids));
  }
  if (one === null) return null;
  const rendered = (await sectionsOn(context, visitor, url, [one]))[one];
  return rendered === null || rendered === undefined ? html("", 404) : html(rendered);
}

/** A page of the storefront, or parts of it where the address asks for sections. */
export async function storefrontPage(context: StoreContext, visitor: Visitor, url: URL): Promise<Response> {
  const sections = await sectionResponse(context, visitor, url);
  if (sections) return sections;
  const page = pageAt(context, visitor);
  const priced = await priceCart(context, visitor, cartFor(context, visitor.cartToken));
  const scope = pageScope(context, visitor, priced, url);
  return html(await renderPage(scope, page.template, page.objects(scope)), page.status);
}

/** `POST /localization`: keeps the country in a cookie and goes to the page in the language chosen. */
export function localize(context: StoreContext, visitor: Visitor, body: Record<string, unknown>): Response {
  const country = typeof body.country_code === "string" ? body.country_code.toUpperCase() : visitor.country;
  const language = body.language_code ?? body.locale_code;
  const locale = language === "en" || language === "ja" ? language : visitor.locale;
  const isSold = marketsOf(context.shop).some((market) => market.countries.includes(country));
  const returnTo = typeof body.return_to === "string" && /^\/(?![/\\])/.test(body.return_to) ? body.return_to : "/";
  const bare = returnTo.replace(/^\/(en|ja)(?=\/|$|\?)/, "") || "/";
  const prefix = locale === context.shop.locale ? "" : `/${locale}`;
  const headers = new Headers({ location: `${prefix}${bare === "/" && prefix ? "" : bare}` || "/" });
  if (isSold) headers.append("set-cookie", `localization=${country}; Path=/; Max-Age=31536000; SameSite=Lax`);
  return new Response(null, { status: 302, headers });
}
