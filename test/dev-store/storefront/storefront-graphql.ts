import { type DocumentNode, execute, GraphQLError, Kind, parse, validate } from "graphql";
import { toDecimalString } from "../../../app/domain/money/money.ts";
import { loadSchema } from "../functions/schemas.ts";
import { strictResolver } from "../functions/strict-resolver.ts";
import type { DevProduct, DevVariant, StoreContext } from "../shop/state.ts";
import {
  hasOnlyDefaultVariant,
  isAvailable,
  isPublished,
  metafieldsOf,
  pictureSize,
  productByHandle,
  productById,
  productsIn,
  quantityRuleOf,
  searchProducts,
  variantById,
} from "./catalog.ts";
import { json } from "./responses.ts";
import { marketsOf, present, presentPrice, type Visitor, viewOf } from "./visitor.ts";

type Node = Record<string, unknown>;

/** A connection over a list: `first` or `last` items, with opaque cursors by position. */
function connection(items: Node[]) {
  return ({ first, last, after }: { first?: number; last?: number; after?: string }) => {
    const from = after ? Number(Buffer.from(after, "base64").toString()) + 1 : 0;
    const rest = items.slice(from);
    const nodes = first !== undefined ? rest.slice(0, first) : last !== undefined ? rest.slice(-last) : rest;
    const cursor = (index: number) => Buffer.from(String(from + index)).toString("base64");
    return {
      nodes,
      edges: nodes.map((node, index) => ({ node, cursor: cursor(index) })),
      totalCount: String(items.length),
      pageInfo: {
        hasNextPage: from + nodes.length < items.length,
        hasPreviousPage: from > 0,
        startCursor: nodes.length > 0 ? cursor(0) : null,
        endCursor: nodes.length > 0 ? cursor(nodes.length - 1) : null,
      },
    };
  };
}

function metafieldReader(context: StoreContext, resource: string, id: string) {
  return ({ namespace, key }: { namespace?: string; key: string }) => {
    const owned = metafieldsOf(context.shop, resource, id);
    const found = owned.find((each) => each.namespace === (namespace ?? "$app") && each.key === key);
    return found ? { id: found.id, namespace: found.namespace, key, type: found.type, value: found.value } : null;
  };
}

function imageNode(context: StoreContext, product: DevProduct): Node {
  const src = context.origin + product.image;
  const transformed = ({ transform }: { transform?: { maxWidth?: number } }) =>
    transform?.maxWidth ? `${src}?width=${transform.maxWidth}` : src;
  return {
    id: `gid://shopify/ProductImage/${product.id}`,
    altText: product.title,
    url: transformed,
    ...pictureSize(product),
  };
}

function moneyNode(context: StoreContext, visitor: Visitor, amountMinor: number): Node {
  return presentMoney(visitor, present(amountMinor, context.shop, visitor.market));
}

function presentMoney({ currency }: Visitor, amountMinor: number): Node {
  return { amount: toDecimalString({ amountMinor, currency }), currencyCode: currency };
}

function quantityRuleNode(variant: DevVariant): Node {
  const { min, max, increment } = quantityRuleOf(variant);
  return { minimum: min, maximum: max, increment };
}

function variantNode(context: StoreContext, visitor: Visitor, product: DevProduct, variant: DevVariant): Node {
  const options = hasOnlyDefaultVariant(product) ? ["Title"] : product.options;
  const values = hasOnlyDefaultVariant(product) ? ["Default Title"] : variant.options;
  return {
    __typename: "ProductVariant",
    id: `gid://shopify/ProductVariant/${variant.id}`,
    title: hasOnlyDefaultVariant(product) ? "Default Title" : variant.title,
    sku: variant.sku,
    barcode: null,
    availableForSale: isAvailable(variant),
    currentlyNotInStock: variant.inventoryQuantity <= 0 && isAvailable(variant),
    quantityAvailable: variant.tracked ? variant.inventoryQuantity : null,
    requiresShipping: variant.requiresShipping,
    quantityRule: quantityRuleNode(variant),
    taxable: true,
    price: presentMoney(visitor, presentPrice(variant, context.shop, visitor.market)),
    compareAtPrice: variant.compareAtMinor === null ? null : moneyNode(context, visitor, variant.compareAtMinor),
    unitPrice: null,
    image: imageNode(context, product),
    selectedOptions: options.map((name, index) => ({ name, value: values[index] ?? "" })),
    sellingPlanAllocations: connection([]),
    metafield: metafieldReader(context, "ProductVariant/", variant.id),
    product: () => productNode(context, visitor, product),
  };
}

function productNode(context: StoreContext, visitor: Visitor, product: DevProduct): Node {
  const variants = product.variants.map((variant) => variantNode(context, visitor, product, variant));
  const prices = product.variants.map((variant) => variant.priceMinor);
  const wasPrices = product.variants.map((variant) => variant.compareAtMinor ?? 0);
  const range = (amounts: number[]) => ({
    minVariantPrice: moneyNode(context, visitor, Math.min(...amounts)),
    maxVariantPrice: moneyNode(context, visitor, Math.max(...amounts)),
  });
  const firstAvailable = product.variants.findIndex(isAvailable);
  const text = product.descriptionHtml.replace(/<[^>]*>/g, "");
  return {
    __typename: "Product",
    id: `gid://shopify/Product/${product.id}`,
    handle: product.handle,
    title: product.title,
    description: ({ truncateAt }: { truncateAt?: number }) => (truncateAt ? text.slice(0, truncateAt) : text),
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    availableForSale: product.variants.some(isAvailable),
    isGiftCard: product.isGiftCard,
    requiresSellingPlan: product.requiresSellingPlan === true,
    totalInventory: product.variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0),
    onlineStoreUrl: `${context.origin}${visitor.prefix}/products/${encodeURIComponent(product.handle)}`,
    createdAt: new Date(product.createdAt).toISOString(),
    updatedAt: new Date(product.updatedAt).toISOString(),
    publishedAt: new Date(product.publishedAt ?? 0).toISOString(),
    featuredImage: imageNode(context, product),
    images: connection([imageNode(context, product)]),
    priceRange: range(prices),
    compareAtPriceRange: range(wasPrices),
    variants: connection(variants),
    variantsCount: { count: variants.length, precision: "EXACT" },
    selectedOrFirstAvailableVariant: () => variants[Math.max(0, firstAvailable)] ?? null,
    options: product.options.map((name, index) => ({
      id: `gid://shopify/ProductOption/${product.id}${index}`,
      name,
      values: [...new Set(product.variants.map((variant) => variant.options[index] ?? ""))],
    })),
    sellingPlanGroups: connection([]),
    metafield: metafieldReader(context, "Product/", product.id),
  };
}

function nodeOf(context: StoreContext, visitor: Visitor, id: string): Node | null {
  const view = viewOf(context, visitor);
  if (id.startsWith("gid://shopify/Product/")) {
    const product = productById(context.shop, id);
    return product && isPublished(product, view) ? productNode(context, visitor, product) : null;
  }
  if (!id.startsWith("gid://shopify/ProductVariant/")) return null;
  const found = variantById(context.shop, id);
  if (!found || !isPublished(found.product, view)) return null;
  return variantNode(context, visitor, found.product, found.variant);
}

function queryRoot(context: StoreContext, visitor: Visitor): Node {
  const { shop } = context;
  const view = viewOf(context, visitor);
  const product = (found: DevProduct | null) => (found ? productNode(context, visitor, found) : null);
  return {
    node: ({ id }: { id: string }) => nodeOf(context, visitor, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeOf(context, visitor, id)),
    product: ({ id, handle }: { id?: string; handle?: string }) =>
      id ? nodeOf(context, visitor, id) : product(productByHandle(shop, handle ?? "", view)),
    products: ({ query, ...page }: { query?: string; first?: number }) => {
      const found = query ? searchProducts(shop, query, view) : (productsIn(shop, "all", view) ?? []);
      return connection(found.map((each) => productNode(context, visitor, each)))(page);
    },
    collection: ({ handle }: { handle?: string }) => {
      const found = shop.collections.find((each) => each.handle === handle);
      if (!found) return null;
      const members = (productsIn(shop, found.handle, view) ?? []).map((each) => productNode(context, visitor, each));
      return { ...found, id: `gid://shopify/Collection/${found.id}`, products: connection(members) };
    },
    shop: {
      id: `gid://shopify/Shop/${shop.id}`,
      name: shop.name,
      primaryDomain: { host: new URL(context.origin).host, url: context.origin, sslEnabled: false },
      paymentSettings: { currencyCode: shop.currency },
      metafield: metafieldReader(context, "Shop/", shop.id),
    },
    localization: {
      country: { isoCode: visitor.country, currency: { isoCode: visitor.currency } },
      language: { isoCode: visitor.locale.toUpperCase() },
    },
  };
}

/** The visitor that `@inContext(country:, language:)` asks for. */
function inContext(
  document: DocumentNode,
  variables: Record<string, unknown>,
  context: StoreContext,
  visitor: Visitor,
): Visitor {
  const asked: Record<string, string> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const argument of definition.directives?.find((each) => each.name.value === "inContext")?.arguments ?? []) {
      const { value } = argument;
      const given =
        value.kind === Kind.VARIABLE ? variables[value.name.value] : value.kind === Kind.ENUM ? value.value : null;
      if (typeof given === "string") asked[argument.name.value] = given;
    }
  }
  const market = marketsOf(context.shop).find((each) => each.countries.includes(asked.country ?? "")) ?? visitor.market;
  const language = asked.language?.toLowerCase();
  return {
    ...visitor,
    market,
    currency: market.currency,
    country: asked.country && market.countries.includes(asked.country) ? asked.country : visitor.country,
    locale: language === "en" || language === "ja" ? language : visitor.locale,
  };
}

/** Runs a Storefront API query. Queries only: carts are changed by the Ajax API and the checkout here. */
export async function runStorefrontQuery(
  context: StoreContext,
  visitor: Visitor,
  query: string,
  variables: Record<string, unknown>,
): Promise<{ data?: unknown; errors?: readonly { message: string }[] }> {
  const schema = loadSchema("storefront-graphql");
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [{ message: error instanceof GraphQLError ? error.message : "Parse error" }] };
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors: errors.map((error) => ({ message: error.message })) };
  const result = await execute({
    schema,
    document,
    rootValue: queryRoot(context, inContext(document, variables, context, visitor)),
    variableValues: variables,
    fieldResolver: strictResolver,
  });
  for (const error of result.errors ?? []) process.stderr.write(`Storefront API: ${error.message}\n`);
  return JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: { message: string }[] };
}

/** `POST /api/<version>/graphql.json`. */
export async function handleStorefrontGraphql(
  request: Request,
  context: StoreContext,
  visitor: Visitor,
): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405 });
  const body = (await request.json().catch(() => null)) as { query?: unknown; variables?: unknown } | null;
  if (typeof body?.query !== "string") return json({ errors: [{ message: "Required parameter missing: query" }] }, 400);
  const variables = typeof body.variables === "object" && body.variables !== null ? body.variables : {};
  return json(await runStorefrontQuery(context, visitor, body.query, variables as Record<string, unknown>));
}
