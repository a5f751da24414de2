import { execute, parse } from "graphql";
import { toDecimalString } from "../../../app/domain/money/money.ts";
import type {
  DevDiscountNode,
  DevMarket,
  DevMetafield,
  DevProduct,
  DevSellingPlan,
  DevShop,
  DevVariant,
} from "../shop/state.ts";
import { metafieldsOf, metafieldValue } from "../storefront/catalog.ts";
import { loadSchema } from "./schemas.ts";
import { strictResolver } from "./strict-resolver.ts";

/** A cart line as a Function sees it. Amounts in presentment minor units. */
export interface LineToDiscount {
  id: string;
  quantity: number;
  product: DevProduct;
  variant: DevVariant;
  unitMinor: number;
  compareAtMinor: number | null;
  /** After product discounts: less than `unitMinor * quantity` only for the delivery target. */
  totalMinor: number;
  properties: Record<string, string>;
  sellingPlan: DevSellingPlan | null;
}

export interface CartToDiscount {
  shop: DevShop;
  market: DevMarket;
  country: string;
  /** The customer who is logged in, with the orders placed so far; null for nobody. */
  customer: { id: string; orders: number; business: boolean; tags?: readonly string[] } | null;
  locale: string;
  now: number;
  attributes: Record<string, string>;
  lines: LineToDiscount[];
  deliveryOptions: OptionToDiscount[];
}

/** A way to deliver as a Function sees it. The cost in presentment minor units. */
export interface OptionToDiscount {
  handle: string;
  title: string;
  /** Of Shopify's `DeliveryMethod`. */
  method: "SHIPPING" | "LOCAL" | "PICK_UP";
  costMinor: number;
}

export const DELIVERY_GROUP_ID = "gid://shopify/CartDeliveryGroup/0";
/** Functions are not given metafields above this size. */
const MAX_METAFIELD_BYTES = 10_000;

function metafieldReader(owned: () => DevMetafield[]) {
  return ({ namespace, key }: { namespace?: string | null; key: string }) => {
    const found = owned().find((each) => each.key === key && each.namespace === (namespace ?? "$app"));
    if (!found || Buffer.byteLength(found.value) > MAX_METAFIELD_BYTES) return null;
    return { type: found.type, value: found.value, jsonValue: metafieldValue(found) };
  };
}

function attributeReader(attributes: Record<string, string>) {
  return ({ key }: { key?: string | null }) =>
    key && Object.hasOwn(attributes, key) ? { key, value: attributes[key] } : null;
}

function localTime(shop: DevShop, now: number) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: shop.timezone, dateStyle: "short", timeStyle: "medium" });
  const [date, time] = parts.format(now).split(" ") as [string, string];
  const stamp = `${date}T${time}`;
  return {
    date,
    dateTimeAfter: (args: { dateTime: string }) => stamp > args.dateTime,
    dateTimeBefore: (args: { dateTime: string }) => stamp < args.dateTime,
    dateTimeBetween: (args: { startDateTime: string; endDateTime: string }) =>
      stamp >= args.startDateTime && stamp <= args.endDateTime,
    timeAfter: (args: { time: string }) => time > args.time,
    timeBefore: (args: { time: string }) => time < args.time,
    timeBetween: (args: { startTime: string; endTime: string }) => time >= args.startTime && time <= args.endTime,
  };
}

function merchandise(shop: DevShop, { product, variant }: LineToDiscount) {
  const collections = new Set(product.collectionIds.map((id) => id.slice(id.lastIndexOf("/") + 1)));
  const isMember = (id: string) => collections.has(id.slice(id.lastIndexOf("/") + 1));
  const inCollections = {
    inAnyCollection: ({ ids }: { ids: string[] }) => ids.some(isMember),
    inCollections: ({ ids }: { ids: string[] }) =>
      ids.map((collectionId) => ({ collectionId, isMember: isMember(collectionId) })),
  };
  return {
    __typename: "ProductVariant",
    id: `gid://shopify/ProductVariant/${variant.id}`,
    title: variant.title,
    sku: variant.sku,
    requiresShipping: variant.requiresShipping,
    weight: null,
    weightUnit: "KILOGRAMS",
    metafield: metafieldReader(() => metafieldsOf(shop, "ProductVariant/", variant.id)),
    ...inCollections,
    product: {
      id: `gid://shopify/Product/${product.id}`,
      handle: product.handle,
      title: product.title,
      vendor: product.vendor,
      productType: product.productType,
      isGiftCard: product.isGiftCard,
      hasAnyTag: ({ tags }: { tags: string[] }) => tags.some((tag) => product.tags.includes(tag)),
      hasTags: ({ tags }: { tags: string[] }) => tags.map((tag) => ({ tag, hasTag: product.tags.includes(tag) })),
      metafield: metafieldReader(() => metafieldsOf(shop, "Product/", product.id)),
      ...inCollections,
    },
  };
}

function buyerIdentity({ id, orders, business, tags: own = [] }: NonNullable<CartToDiscount["customer"]>) {
  const company = { id: `gid://shopify/Company/${id}`, name: `Company ${id}`, metafield: () => null };
  return {
    isAuthenticated: true,
    email: null,
    phone: null,
    customer: {
      id: `gid://shopify/Customer/${id}`,
      numberOfOrders: orders,
      hasAnyTag: ({ tags }: { tags: string[] }) => tags.some((tag) => isAmong(own, tag)),
      hasTags: ({ tags }: { tags: string[] }) => tags.map((tag) => ({ tag, hasTag: isAmong(own, tag) })),
      metafield: () => null,
    },
    purchasingCompany: business ? { company } : null,
  };
}

/** Shopify tells tags apart by neither case nor the spaces around them. */
function isAmong(tags: readonly string[], tag: string): boolean {
  const plain = (one: string) => one.trim().toLowerCase();
  return tags.some((one) => plain(one) === plain(tag));
}

function inputRoot(cart: CartToDiscount, node: DevDiscountNode) {
  const { shop, market } = cart;
  const money = (amountMinor: number) => ({
    amount: toDecimalString({ amountMinor, currency: market.currency }),
    currencyCode: market.currency,
  });
  const lines = cart.lines.map((line) => ({
    id: line.id,
    quantity: line.quantity,
    attribute: attributeReader(line.properties),
    discountAllocations: [],
    parentRelationship: null,
    cost: {
      amountPerQuantity: money(line.unitMinor),
      compareAtAmountPerQuantity: line.compareAtMinor === null ? null : money(line.compareAtMinor),
      subtotalAmount: money(line.unitMinor * line.quantity),
      totalAmount: money(line.totalMinor),
    },
    merchandise: merchandise(shop, line),
    sellingPlanAllocation: line.sellingPlan && {
      priceAdjustments: [],
      sellingPlan: {
        id: `gid://shopify/SellingPlan/${line.sellingPlan.id}`,
        name: line.sellingPlan.name,
        description: null,
        recurringDeliveries: line.sellingPlan.recurring ?? true,
        metafield: () => null,
      },
    },
  }));
  const total = money(cart.lines.reduce((sum, line) => sum + line.totalMinor, 0));
  const options = cart.deliveryOptions.map((option) => ({
    handle: option.handle,
    code: option.handle,
    title: option.title,
    description: null,
    cost: money(option.costMinor),
    deliveryMethodType: option.method,
  }));
  const deliverable = lines.filter((_, index) => cart.lines[index]!.variant.requiresShipping);
  return {
    cart: {
      attribute: attributeReader(cart.attributes),
      billingAddress: null,
      buyerIdentity: cart.customer && buyerIdentity(cart.customer),
      cost: { subtotalAmount: total, totalAmount: total, totalDutyAmount: null, totalTaxAmount: null },
      deliverableLines: deliverable,
      deliveryGroups:
        options.length === 0
          ? []
          : [
              {
                id: DELIVERY_GROUP_ID,
                cartLines: deliverable,
                deliveryAddress: { countryCode: cart.country },
                deliveryOptions: options,
                discountAllocations: [],
                groupType: "ONE_TIME_PURCHASE",
                selectedDeliveryOption: options[0],
              },
            ],
      discountApplications: [],
      lines,
      localizedFields: () => [],
      metafield: () => null,
      poNumber: null,
      retailLocation: null,
    },
    discount: {
      discountClasses: node.discountClasses,
      metafield: metafieldReader(() => metafieldsOf(shop, "Discount", node.id)),
    },
    enteredDiscountCodes: [],
    fetchResult: null,
    triggeringDiscountCode: null,
    localization: {
      country: { isoCode: cart.country },
      language: { isoCode: cart.locale.slice(0, 2).toUpperCase() },
      market: { id: `gid://shopify/Market/${market.id}`, handle: market.handle, metafield: () => null, regions: [] },
    },
    presentmentCurrencyRate: String(market.rate),
    shop: {
      localTime: localTime(shop, cart.now),
      metafield: metafieldReader(() => metafieldsOf(shop, "Shop/", null)),
      metaobject: () => null,
    },
  };
}

/**
 * The input of one Function run: the extension's own query answered from the cart, against Shopify's schema. Throws
 * where the query asks for what the schema, or this dev store, does not have.
 */
export function functionInput(
  query: string,
  cart: CartToDiscount,
  node: DevDiscountNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const result = execute({
    schema: loadSchema("functions_discount"),
    document: parse(query),
    rootValue: inputRoot(cart, node),
    variableValues: variables,
    fieldResolver: strictResolver,
  });
  if (result instanceof Promise) throw new Error("A Function's input is made without waiting.");
  if (result.errors?.length) throw new Error(result.errors.map((error) => error.message).join("; "));
  return result.data as Record<string, unknown>;
}
