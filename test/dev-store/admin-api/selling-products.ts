import { parseDecimal } from "../../../app/domain/money/money.ts";
import { gidOf, parseGid } from "../shop/gid.ts";
import type { DevMarket, DevProduct, DevVariant } from "../shop/state.ts";
import { presentPrice } from "../storefront/visitor.ts";
import type { AdminContext } from "./context.ts";
import { list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { moneyV2 } from "./money-bag.ts";

/** What apps change about products: status, prices, markets' own prices, and where they are sold. */

/** The dev store's only sales channel. */
const ONLINE_STORE = { id: "1", name: "Online Store", handle: "online_store" };

interface PriceInput {
  id?: string | null;
  price?: string | null;
  compareAtPrice?: string | null;
}
interface FixedPriceInput {
  variantId: string;
  price: { amount: string; currencyCode: string };
}

const productOf = (id: unknown, { shop }: AdminContext) => shop.products.get(parseGid(String(id))?.id ?? "");
const noProduct = (...field: string[]) => ({ field, message: "Product does not exist" });

function updateProduct(given: { id?: string; title?: string; status?: DevProduct["status"] }, context: AdminContext) {
  const product = productOf(given.id, context);
  if (product === undefined) return { product: null, userErrors: [noProduct("id")] };
  if (given.title?.trim() === "") {
    return { product: null, userErrors: [{ field: ["title"], message: "Title can't be blank" }] };
  }
  const { title = product.title, status = product.status } = given;
  return { product: context.saveProduct({ ...product, title, status }), userErrors: [] };
}

function updatePrices(productId: unknown, given: readonly PriceInput[], context: AdminContext) {
  const product = productOf(productId, context);
  const refused = (field: string[], message: string, code: string) => ({
    ...{ product: null, productVariants: null, userErrors: [{ field, message, code }] },
  });
  if (product === undefined) return refused(["productId"], "Product does not exist", "PRODUCT_DOES_NOT_EXIST");
  const prices = new Map<string, number>();
  for (const [place, { id, price }] of given.entries()) {
    const variant = product.variants.find((one) => gidOf("ProductVariant", one.id) === id);
    if (variant === undefined) {
      return refused(
        ["variants", String(place), "id"],
        "Product variant does not exist",
        "PRODUCT_VARIANT_DOES_NOT_EXIST",
      );
    }
    const minor = parseDecimal(price ?? "", context.shop.currency);
    if (minor === null) return refused(["variants", String(place), "price"], "Price must be a number", "INVALID");
    prices.set(variant.id, minor.amountMinor);
  }
  const variants = product.variants.map((one) => ({ ...one, priceMinor: prices.get(one.id) ?? one.priceMinor }));
  const saved = context.saveProduct({ ...product, variants });
  return { product: saved, productVariants: saved.variants, userErrors: [] };
}

function publish(args: Readonly<Record<string, unknown>>, context: AdminContext, publishedAt: number | null) {
  const field = publishedAt === null ? "publishableUnpublish" : "publishablePublish";
  requireScope(context, field, "write_publications");
  const product = productOf(args.id, context);
  if (product === undefined) return { publishable: null, shop: context.shop, userErrors: [noProduct("id")] };
  const places = args.input as readonly { publicationId?: string | null }[];
  if (places.some(({ publicationId }) => publicationId !== gidOf("Publication", ONLINE_STORE.id))) {
    const userErrors = [{ field: ["input"], message: "Publication does not exist" }];
    return { publishable: null, shop: context.shop, userErrors };
  }
  const saved = context.saveProduct({ ...product, publishedAt: publishedAt && (product.publishedAt ?? publishedAt) });
  return { publishable: typed("Product", saved), shop: context.shop, userErrors: [] };
}

function addFixedPrices(listId: unknown, given: readonly FixedPriceInput[], context: AdminContext) {
  const refused = (field: string[], message: string, code: string) => ({
    ...{ prices: null, userErrors: [{ field, message, code }] },
  });
  const market = context.shop.markets.find(({ id, prices }) => prices && gidOf("PriceList", id) === listId);
  if (market === undefined) return refused(["priceListId"], "Price list does not exist", "PRICE_LIST_NOT_FOUND");
  const set: { variantId: string; minor: number }[] = [];
  for (const [place, { variantId, price }] of given.entries()) {
    const at = ["prices", String(place)];
    const variant = context.changes.variant(parseGid(variantId)?.id ?? "");
    if (variant === null) return refused(at, "Variant does not exist", "VARIANT_NOT_FOUND");
    const minor = price.currencyCode === market.currency ? parseDecimal(price.amount, market.currency) : null;
    if (minor === null) return refused(at, "Currency differs from the price list's", "PRICE_LIST_CURRENCY_MISMATCH");
    set.push({ variantId: variant.id, minor: minor.amountMinor });
  }
  for (const { variantId, minor } of set) context.changes.setFixedPrice(market.id, variantId, minor);
  return { prices: [], userErrors: [] };
}

const mutation: Fields<null> = {
  productUpdate: (_source, args, context) => {
    requireScope(context, "productUpdate", "write_products");
    return updateProduct(args.product as { id?: string }, context);
  },
  productVariantsBulkUpdate: (_source, args, context) => {
    requireScope(context, "productVariantsBulkUpdate", "write_products");
    return updatePrices(args.productId, args.variants as readonly PriceInput[], context);
  },
  publishablePublish: (_source, args, context) => publish(args, context, context.now()),
  publishableUnpublish: (_source, args, context) => publish(args, context, null),
  priceListFixedPricesAdd: (_source, args, context) => {
    requireScope(context, "priceListFixedPricesAdd", "write_products");
    return addFixedPrices(args.priceListId, args.prices as readonly FixedPriceInput[], context);
  },
};

const query: Fields<null> = {
  publications: list((_source, _args, context) => {
    requireScope(context, "publications", "read_publications");
    const { id, name, handle } = ONLINE_STORE;
    return [{ id: gidOf("Publication", id), name, catalog: null, channels: { nodes: [{ handle, name }] } }];
  }),
  priceLists: list((_source, _args, context) => {
    requireScope(context, "priceLists", "read_products");
    return context.shop.markets.filter(({ prices }) => prices !== undefined);
  }),
};

const priceList: Fields<DevMarket> = {
  id: ({ id }) => gidOf("PriceList", id),
  name: ({ name }) => name,
  currency: ({ currency }) => currency,
  catalog: (market) => typed("MarketCatalog", market),
};

const marketCatalog: Fields<DevMarket> = {
  id: ({ id }) => gidOf("MarketCatalog", id),
  title: ({ name }) => name,
  markets: list((market, _args, { shop }) => [{ market, shop }]),
};

const variant: Fields<DevVariant> = {
  contextualPricing: (source, args, { shop }) => {
    const { country } = args.context as { country?: string };
    const market = shop.markets.find(({ countries }) => countries.includes(country ?? "")) ?? shop.markets[0]!;
    return { price: moneyV2(presentPrice(source, shop, market), market.currency), compareAtPrice: null };
  },
};

export const sellingProductFields: TypeFields = {
  QueryRoot: query,
  Mutation: mutation,
  PriceList: priceList,
  MarketCatalog: marketCatalog,
  ProductVariant: variant,
};
