import type { StoreContext } from "../shop/state.ts";
import { listedProductShape, productShape } from "./ajax-shapes.ts";
import { productByHandle, productById, productsIn, recommendationsFor, searchProducts } from "./catalog.ts";
import { json } from "./responses.ts";
import { type Visitor, viewOf } from "./visitor.ts";

const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 250;
const MAX_RECOMMENDATIONS = 10;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const notFound = () => json({ status: 404, message: "Not Found", description: "Not Found" }, 404);

function listing(context: StoreContext, visitor: Visitor, url: URL, handle: string): Response {
  const products = productsIn(context.shop, handle, viewOf(context, visitor));
  if (!products) return notFound();
  const limit = Math.min(
    MAX_LIMIT,
    Math.max(1, Number(url.searchParams.get("limit") ?? DEFAULT_LIMIT) || DEFAULT_LIMIT),
  );
  const page = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const shown = products.slice((page - 1) * limit, page * limit);
  return json({ products: shown.map((product) => listedProductShape(context, visitor, product)) });
}

function recommendations(context: StoreContext, visitor: Visitor, url: URL): Response {
  const product = productById(context.shop, url.searchParams.get("product_id") ?? "");
  if (!product) {
    const description = "A product_id value is missing or unknown";
    return json({ status: 404, message: "Invalid parameter error", description }, 404);
  }
  const intent = url.searchParams.get("intent") ?? "related";
  if (intent !== "related" && intent !== "complementary") {
    return json({ status: 422, message: "Invalid parameter error", description: "intent is not known" }, 422);
  }
  const limit = Math.min(
    MAX_RECOMMENDATIONS,
    Math.max(1, Number(url.searchParams.get("limit") ?? MAX_RECOMMENDATIONS) || 1),
  );
  const found = recommendationsFor(context.shop, product, intent, limit, viewOf(context, visitor));
  return json({ intent, products: found.map((each) => productShape(context, visitor, each)) });
}

/** The JSON of the catalogue: single products, listings, recommendations, predictive search; null for other paths. */
export function handleProducts(context: StoreContext, visitor: Visitor, url: URL): Response | null {
  const { path } = visitor;
  const single = /^(?:\/collections\/[^/]+)?\/products\/([^/]+)\.(js|json)$/.exec(path);
  if (single) {
    const product = productByHandle(context.shop, decode(single[1]!), viewOf(context, visitor));
    if (!product) return notFound();
    if (single[2] === "js") return json(productShape(context, visitor, product));
    return json({ product: listedProductShape(context, visitor, product) });
  }
  const list = /^(?:\/collections\/([^/]+))?\/products\.json$/.exec(path);
  if (list) return listing(context, visitor, url, decode(list[1] ?? "all"));
  if (path === "/recommendations/products.json") return recommendations(context, visitor, url);
  if (path === "/search/suggest.json") {
    const found = searchProducts(context.shop, url.searchParams.get("q") ?? "", viewOf(context, visitor)).slice(0, 10);
    return json({ resources: { results: { products: found.map((each) => productShape(context, visitor, each)) } } });
  }
  return null;
}
