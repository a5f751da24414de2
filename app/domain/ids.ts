/**
 * The ids of the domain: Shopify's global ids ("gid://shopify/Product/632910392") as branded strings, so that
 * a variant's id can never be passed where a product's is meant. Webhooks and storefront pages carry the bare
 * number; it is turned into a global id at the edge, once.
 */

type Branded<Name extends string> = string & { readonly __id: Name };

/** "example.myshopify.com", lower case: the tenant that every row and query carries. */
export type ShopDomain = Branded<"ShopDomain">;
export type ProductId = Branded<"ProductId">;
export type VariantId = Branded<"VariantId">;
export type OrderId = Branded<"OrderId">;
export type LineId = Branded<"LineId">;
/** The group of lines that Shopify sold as one bundle. */
export type LineGroupId = Branded<"LineGroupId">;
export type CollectionId = Branded<"CollectionId">;
export type DiscountId = Branded<"DiscountId">;
/** A keyed hash of the customer's id. Stable within one shop, meaningless outside it, and never reversible. */
export type CustomerKey = Branded<"CustomerKey">;
export type OfferId = Branded<"OfferId">;
/** The bare number of a Shopify id, as Liquid knows it: "632910392". */
export type BareId = string;

/** The brand of each resource name that appears in a Shopify global id. */
export interface GidBrands {
  Product: ProductId;
  ProductVariant: VariantId;
  Order: OrderId;
  LineItem: LineId;
  LineItemGroup: LineGroupId;
  Collection: CollectionId;
  DiscountNode: DiscountId;
}
export type GidResource = keyof GidBrands;

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/;
const BARE_NUMBER = /^[0-9]{1,20}$/;
const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/([0-9A-Za-z_-]{1,64})(?:\?.*)?$/;

/** Reads a shop's domain; null for anything that is not a lower-case `*.myshopify.com` host after trimming. */
export function parseShopDomain(text: string): ShopDomain | null {
  const domain = text.trim().toLowerCase();
  return SHOP_DOMAIN.test(domain) ? (domain as ShopDomain) : null;
}

/** As {@link parseShopDomain}, for values already verified. Throws on anything else: that is a bug. */
export function shopDomain(text: string): ShopDomain {
  const domain = parseShopDomain(text);
  if (domain === null) throw new Error(`Not a shop domain: ${JSON.stringify(text)}`);
  return domain;
}

/**
 * The branded global id of one resource, from a bare number ("632910392" or 632910392) or from a global id of
 * that very resource. Null for anything else, a global id of another resource included.
 */
export function parseGid<R extends GidResource>(resource: R, value: string | number | bigint): GidBrands[R] | null {
  const text = String(value);
  if (BARE_NUMBER.test(text)) return `gid://shopify/${resource}/${text}` as GidBrands[R];
  const match = GID.exec(text);
  if (match === null || match[1] !== resource) return null;
  return `gid://shopify/${resource}/${match[2]}` as GidBrands[R];
}

/** As {@link parseGid}, for values that Shopify or our own store gave. Throws on anything else: that is a bug. */
export function gid<R extends GidResource>(resource: R, value: string | number | bigint): GidBrands[R] {
  const id = parseGid(resource, value);
  if (id === null) throw new Error(`Not a ${resource} id: ${JSON.stringify(String(value))}`);
  return id;
}

/**
 * An offer's id from its parts, the only place that puts them together: see `offers/offer-id.ts`, which reads them.
 *
 * @param code What ids of its type begin with.
 * @param number Null in ids of before offers had numbers.
 * @param product Null for an offer of the whole shop.
 */
export function joinOfferId(code: string, number: number | null, product: BareId | null): OfferId {
  return [code, number, product].filter((part) => part !== null).join("-") as OfferId;
}

/** The number at the end of a global id, as themes and webhooks write it: "gid://shopify/Product/7" -> "7". */
export function bareNumber(id: Branded<string>): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Orders ids, and other texts of ours, by their code units: the same on every machine, whatever its language. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const LARGEST_ROW_ID = 2n ** 63n - 1n;

/** An id as it is where a row of the database can hold it: its number fits into 63 bits. Null for any other. */
export function storable<Id extends GidBrands[GidResource]>(id: Id | null): Id | null {
  if (id === null) return null;
  const number = bareNumber(id);
  return /^\d{1,19}$/.test(number) && BigInt(number) <= LARGEST_ROW_ID ? id : null;
}
