import { GraphQLError } from "graphql";
import { fixedDecimal } from "../shop/money.ts";
import { gidOf, parseGid } from "../shop/gid.ts";
import { hashText } from "../shop/random.ts";
import type { DevCollection, DevProduct, DevVariant } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, requireScope, type Fields, type TypeFields } from "./fields.ts";
import { metafieldFields } from "./metafields.ts";
import { moneyV2 } from "./money-bag.ts";
import { adminPlanGroups } from "../storefront/selling-plans.ts";
import { matchesNumber, matchesText, matchesTime, searchItems, type SearchTerm } from "./search.ts";

export function findVariant(context: AdminContext, id: string): DevVariant | null {
  return context.changes.variant(id);
}

function matchesProduct(product: DevProduct, term: SearchTerm): boolean | undefined {
  switch (term.field) {
    case null:
      return `${product.title} ${product.vendor} ${product.productType}`
        .toLowerCase()
        .includes(term.value.replace(/\*$/, "").toLowerCase());
    case "title": {
      const asked = term.value.toLowerCase();
      if (asked.endsWith("*")) return product.title.toLowerCase().includes(asked.replaceAll("*", ""));
      return product.title.toLowerCase().includes(asked);
    }
    case "id":
      return matchesNumber(term, Number(product.id));
    case "status":
      return matchesText(term, product.status);
    case "handle":
      return matchesText(term, product.handle);
    case "vendor":
      return matchesText(term, product.vendor);
    case "product_type":
      return matchesText(term, product.productType);
    case "tag":
      return product.tags.some((tag) => matchesText(term, tag));
    case "created_at":
      return matchesTime(term, product.createdAt);
    case "updated_at":
      return matchesTime(term, product.updatedAt);
    default:
      return undefined;
  }
}

function availableForSale(variant: DevVariant): boolean {
  return !variant.tracked || variant.inventoryPolicy === "CONTINUE" || variant.inventoryQuantity > 0;
}

function picture(product: DevProduct, context: AdminContext) {
  const address = new URL(product.image, context.origin).href;
  return { id: gidOf("ProductImage", product.id), url: address, altText: product.title, width: 600, height: 600 };
}

const LEVELS = " > ";

/** What Shopify's taxonomy says of a category that says its own place in it. */
function taxonomyCategory(fullName: string) {
  const levels = fullName.split(LEVELS);
  return {
    id: gidOf("TaxonomyCategory", `dev-${hashText(fullName)}`),
    name: levels.at(-1) ?? fullName,
    fullName,
    level: levels.length,
    isRoot: levels.length === 1,
    isArchived: false,
  };
}

const product: Fields<DevProduct> = {
  id: ({ id }) => gidOf("Product", id),
  legacyResourceId: ({ id }) => id,
  title: ({ title }) => title,
  handle: ({ handle }) => handle,
  status: ({ status }) => status,
  vendor: ({ vendor }) => vendor,
  productType: ({ productType }) => productType,
  tags: ({ tags }) => [...tags].sort(),
  isGiftCard: ({ isGiftCard }) => isGiftCard,
  descriptionHtml: ({ descriptionHtml }) => descriptionHtml,
  description: ({ descriptionHtml }) => descriptionHtml.replace(/<[^>]*>/g, "").trim(),
  createdAt: ({ createdAt }) => iso(createdAt),
  updatedAt: ({ updatedAt }) => iso(updatedAt),
  publishedAt: ({ publishedAt }) => (publishedAt === null ? null : iso(publishedAt)),
  requiresSellingPlan: ({ requiresSellingPlan }) => requiresSellingPlan === true,
  hasOnlyDefaultVariant: ({ variants }) => variants.length === 1 && variants[0]?.title === "Default Title",
  tracksInventory: ({ variants }) => variants.some(({ tracked }) => tracked),
  totalInventory: ({ variants }) => variants.reduce((sum, { inventoryQuantity }) => sum + inventoryQuantity, 0),
  totalVariants: ({ variants }) => variants.length,
  onlineStoreUrl: ({ handle, status, publishedAt }, _args, { shop }) =>
    status === "ACTIVE" && publishedAt !== null ? `https://${shop.domain}/products/${handle}` : null,
  options: ({ id, options, variants }) =>
    options.map((name, index) => ({
      id: gidOf("ProductOption", `${id}${index}`),
      name,
      position: index + 1,
      values: [...new Set(variants.map((variant) => variant.options[index] ?? ""))],
      linkedMetafield: null,
    })),
  category: ({ category }) => (category == null ? null : taxonomyCategory(category)),
  priceRangeV2: ({ variants }, _args, { shop }) => {
    const prices = variants.map(({ priceMinor }) => priceMinor);
    return {
      minVariantPrice: moneyV2(Math.min(...prices), shop.currency),
      maxVariantPrice: moneyV2(Math.max(...prices), shop.currency),
    };
  },
  featuredImage: (source, _args, context) => picture(source, context),
  featuredMedia: (source, _args, context) => {
    const image = picture(source, context);
    return {
      __typename: "MediaImage",
      id: gidOf("MediaImage", source.id),
      alt: source.title,
      image,
      preview: { image },
    };
  },
  images: list((source, _args, context) => [picture(source, context)]),
  variants: list(({ variants }) => variants),
  collections: list(({ collectionIds }, _args, { shop }) =>
    shop.collections.filter(({ id }) => collectionIds.includes(id)),
  ),
  sellingPlanGroups: list(adminPlanGroups),
  sellingPlanGroupsCount: (source) => ({ count: adminPlanGroups(source).length, precision: "EXACT" }),
  ...metafieldFields<DevProduct>(({ id }) => gidOf("Product", id)),
};

const sellingPlanGroup: Fields<ReturnType<typeof adminPlanGroups>[number]> = {
  id: ({ id }) => gidOf("SellingPlanGroup", id),
  name: ({ name }) => name,
};

const variant: Fields<DevVariant> = {
  id: ({ id }) => gidOf("ProductVariant", id),
  legacyResourceId: ({ id }) => id,
  title: ({ title }) => title,
  displayName: ({ productId, title }, _args, { shop }) => `${shop.products.get(productId)?.title ?? ""} - ${title}`,
  sku: ({ sku }) => (sku === "" ? null : sku),
  barcode: () => null,
  position: ({ id, productId }, _args, { shop }) =>
    1 + (shop.products.get(productId)?.variants.findIndex((other) => other.id === id) ?? 0),
  price: ({ priceMinor }, _args, { shop }) => fixedDecimal(priceMinor, shop.currency),
  compareAtPrice: ({ compareAtMinor }, _args, { shop }) =>
    compareAtMinor === null ? null : fixedDecimal(compareAtMinor, shop.currency),
  inventoryPolicy: ({ inventoryPolicy }) => inventoryPolicy,
  inventoryQuantity: ({ inventoryQuantity }) => inventoryQuantity,
  sellableOnlineQuantity: ({ inventoryQuantity }) => Math.max(0, inventoryQuantity),
  availableForSale,
  taxable: () => true,
  product: ({ productId }, _args, { shop }) => shop.products.get(productId),
  selectedOptions: ({ options, productId }, _args, { shop }) =>
    options.map((value, index) => ({ name: shop.products.get(productId)?.options[index] ?? "Title", value })),
  inventoryItem: (source, _args, context) => {
    requireScope(context, "inventoryItem", "read_inventory");
    return { variant: source };
  },
  image: () => null,
  ...metafieldFields<DevVariant>(({ id }) => gidOf("ProductVariant", id)),
};

const inventoryItem: Fields<{ variant: DevVariant }> = {
  // Shopify numbers inventory items apart from variants; one item per variant makes a fixed offset enough.
  id: (item) => gidOf("InventoryItem", String(Number(item.variant.id) + 100_000_000_000)),
  legacyResourceId: (item) => String(Number(item.variant.id) + 100_000_000_000),
  sku: (item) => item.variant.sku,
  tracked: (item) => item.variant.tracked,
  requiresShipping: (item) => item.variant.requiresShipping,
  unitCost: (item, _args, { shop }) =>
    item.variant.costMinor === null ? null : moneyV2(item.variant.costMinor, shop.currency),
  variant: (item) => item.variant,
};

const collection: Fields<DevCollection> = {
  id: ({ id }) => gidOf("Collection", id),
  legacyResourceId: ({ id }) => id,
  title: ({ title }) => title,
  handle: ({ handle }) => handle,
  products: list(({ id }, _args, { shop }) =>
    [...shop.products.values()].filter(({ collectionIds }) => collectionIds.includes(id)),
  ),
};

function productById(id: unknown, context: AdminContext): DevProduct | null {
  const gid = parseGid(String(id));
  if (gid?.resource !== "Product") throw new GraphQLError(`Invalid global id '${String(id)}'`);
  return context.shop.products.get(gid.id) ?? null;
}

const query: Fields<null> = {
  products: list((_source, args, context) => {
    requireScope(context, "products", "read_products");
    const found = searchItems(context.shop.products.values(), args.query, matchesProduct);
    const sortKey = String(args.sortKey ?? "ID");
    if (sortKey === "TITLE") return found.sort((a, b) => (a.title < b.title ? -1 : 1));
    if (sortKey === "UPDATED_AT") return found.sort((a, b) => a.updatedAt - b.updatedAt);
    if (sortKey === "CREATED_AT") return found.sort((a, b) => a.createdAt - b.createdAt);
    if (sortKey !== "ID" && sortKey !== "RELEVANCE") {
      throw new GraphQLError(`The dev store does not sort products by ${sortKey}.`);
    }
    return found.sort((a, b) => Number(a.id) - Number(b.id));
  }),
  product: (_source, args, context) => {
    requireScope(context, "product", "read_products");
    return productById(args.id, context);
  },
  productsCount: (_source, args, context) => {
    requireScope(context, "productsCount", "read_products");
    const count = searchItems(context.shop.products.values(), args.query, matchesProduct).length;
    return { count, precision: "EXACT" };
  },
  productVariant: (_source, args, context) => {
    requireScope(context, "productVariant", "read_products");
    const gid = parseGid(String(args.id));
    return gid?.resource === "ProductVariant" ? findVariant(context, gid.id) : null;
  },
  collections: list((_source, args, context) => {
    requireScope(context, "collections", "read_products");
    return searchItems(context.shop.collections, args.query, (each, term) =>
      term.field === "title" || term.field === null ? matchesText(term, each.title) : undefined,
    );
  }),
};

export const productFields: TypeFields = {
  QueryRoot: query,
  Product: product,
  ProductVariant: variant,
  SellingPlanGroup: sellingPlanGroup,
  InventoryItem: inventoryItem,
  Collection: collection,
};
