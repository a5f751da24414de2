import type { DevMetafield, DevProduct, DevShop, DevVariant } from "../shop/state.ts";

/** When somebody looks, and what the catalogue of their market leaves out. */
export interface View {
  readonly now: number;
  /** Undefined for nothing. */
  readonly excluded: ReadonlySet<string> | undefined;
}

/** A product that these shoppers can see. */
export function isPublished({ id, status, publishedAt }: DevProduct, { now, excluded }: View): boolean {
  return status === "ACTIVE" && publishedAt !== null && publishedAt <= now && excluded?.has(id) !== true;
}

/** Whether one more of a variant can be bought. */
export function isAvailable(variant: DevVariant): boolean {
  return !variant.tracked || variant.inventoryPolicy === "CONTINUE" || variant.inventoryQuantity > 0;
}

/** How many of a variant can be bought: Infinity where stock is not counted. */
export function sellableQuantity(variant: DevVariant): number {
  return !variant.tracked || variant.inventoryPolicy === "CONTINUE" ? Infinity : Math.max(0, variant.inventoryQuantity);
}

/** The quantities of a variant that Shopify lets anybody buy. */
export function quantityRuleOf(variant: DevVariant): NonNullable<DevVariant["quantityRule"]> {
  return variant.quantityRule ?? { min: 1, max: null, increment: 1 };
}

/** True for the one variant that Shopify makes for a product without options. */
export function hasOnlyDefaultVariant(product: DevProduct): boolean {
  return (
    product.variants.length === 1 && (product.variants[0]!.title === "Default Title" || product.options.length === 0)
  );
}

interface CatalogIndex {
  size: number;
  byHandle: Map<string, DevProduct>;
  byVariant: Map<string, { product: DevProduct; variant: DevVariant }>;
  byImage: Map<string, DevProduct>;
}

const indexes = new WeakMap<DevShop, CatalogIndex>();

function indexOf(shop: DevShop): CatalogIndex {
  const known = indexes.get(shop);
  if (known && known.size === shop.products.size) return known;
  const index: CatalogIndex = {
    size: shop.products.size,
    byHandle: new Map(),
    byVariant: new Map(),
    byImage: new Map(),
  };
  for (const product of shop.products.values()) {
    index.byHandle.set(product.handle, product);
    index.byImage.set(product.image, product);
    for (const variant of product.variants) index.byVariant.set(variant.id, { product, variant });
  }
  indexes.set(shop, index);
  return index;
}

/** The current state of a product in the map: an update may have replaced the object that the index holds. */
function current(shop: DevShop, product: DevProduct | undefined): DevProduct | null {
  if (!product) return null;
  return shop.products.get(product.id) ?? [...shop.products.values()].find((each) => each.id === product.id) ?? null;
}

/** A published product by its handle; null for any other. */
export function productByHandle(shop: DevShop, handle: string, view: View): DevProduct | null {
  const product = current(shop, indexOf(shop).byHandle.get(handle));
  return product && isPublished(product, view) ? product : null;
}

/** A product by the number in its global id, whatever the keys of the map are. */
export function productById(shop: DevShop, id: string): DevProduct | null {
  const number = id.slice(id.lastIndexOf("/") + 1);
  return shop.products.get(number) ?? shop.products.get(`gid://shopify/Product/${number}`) ?? null;
}

/** A variant and its product, by the variant's number or global id. */
export function variantById(shop: DevShop, id: string): { product: DevProduct; variant: DevVariant } | null {
  const number = id.slice(id.lastIndexOf("/") + 1);
  const found = indexOf(shop).byVariant.get(number);
  const product = current(shop, found?.product);
  const variant = product?.variants.find((each) => each.id === number);
  return product && variant ? { product, variant } : null;
}

/** The picture at a path such as `/__images/green-tea.svg`; null where there is none. */
export function pictureAt(shop: DevShop, path: string): string | null {
  return indexOf(shop).byImage.get(path)?.imageSvg ?? null;
}

/** Width and height of a drawn picture; a square where it does not say. */
export function pictureSize(product: DevProduct): { width: number; height: number } {
  const head = product.imageSvg.slice(0, 400);
  const box = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(head);
  const width = Number(/\swidth="([\d.]+)"/.exec(head)?.[1] ?? box?.[1] ?? 800);
  const height = Number(/\sheight="([\d.]+)"/.exec(head)?.[1] ?? box?.[2] ?? 800);
  return { width, height };
}

/** Products that shoppers see in a collection, in the catalogue's order; every one for `all`; null if unknown. */
export function productsIn(shop: DevShop, handle: string, view: View): DevProduct[] | null {
  const seen = [...shop.products.values()].filter((product) => isPublished(product, view));
  if (handle === "all") return seen;
  const collection = shop.collections.find((each) => each.handle === handle);
  return collection ? seen.filter((product) => product.collectionIds.includes(collection.id)) : null;
}

/** Products whose title, type, vendor or tags contain every word of a search; none for an empty search. */
export function searchProducts(shop: DevShop, terms: string, view: View): DevProduct[] {
  const words = terms.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return (productsIn(shop, "all", view) ?? []).filter((product) => {
    const text = [product.title, product.productType, product.vendor, ...product.tags].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * What Shopify recommends without Search & Discovery settings: products of the same collections and type, in stock,
 * not free, no gift cards. Complementary products come only from those settings, so here there are none.
 */
export function recommendationsFor(
  shop: DevShop,
  product: DevProduct,
  intent: string,
  limit: number,
  view: View,
): DevProduct[] {
  if (intent === "complementary") return [];
  const likeness = (other: DevProduct) =>
    other.collectionIds.filter((id) => product.collectionIds.includes(id)).length * 2 +
    (other.productType === product.productType ? 1 : 0);
  return (productsIn(shop, "all", view) ?? [])
    .filter((other) => other.id !== product.id && !other.isGiftCard)
    .filter((other) => other.variants.some((variant) => variant.priceMinor > 0 && isAvailable(variant)))
    .map((other) => ({ other, score: likeness(other) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ other }) => other);
}

/** All metafields of one owner. `resource` may be the start of a type ("Discount"); a null id takes any owner of it. */
export function metafieldsOf(shop: DevShop, resource: string, id: string | null): DevMetafield[] {
  const start = `gid://shopify/${resource}`;
  const end = id === null ? "" : `/${id.slice(id.lastIndexOf("/") + 1)}`;
  const isOwner = ({ ownerId }: DevMetafield) => ownerId.startsWith(start) && ownerId.endsWith(end);
  return [...shop.metafields.values()].filter(isOwner);
}

/** The value of a metafield as Liquid and Functions see it: JSON and lists parsed, everything else as text. */
export function metafieldValue(metafield: DevMetafield): unknown {
  if (metafield.type === "json" || metafield.type.startsWith("list.")) return JSON.parse(metafield.value);
  if (metafield.type === "boolean") return metafield.value === "true";
  if (metafield.type.startsWith("number_")) return Number(metafield.value);
  return metafield.value;
}
