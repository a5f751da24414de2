import { createHmac } from "node:crypto";
import {
  gid,
  parseGid,
  storable,
  type CustomerKey,
  type LineGroupId,
  type LineId,
  type OrderId,
  type ProductId,
  type ShopDomain,
  type VariantId,
} from "../../domain/ids.ts";
import { parseDecimal } from "../../domain/money/money.ts";
import type { OrderHead, RefundLine } from "../../domain/orders/fetched-order.ts";
import { type AutomaticDiscount, channelOfSource, type OrderLine } from "../../domain/orders/order.ts";
import { CLAIM_PROPERTY } from "../../domain/offers/offer-id.ts";
import { shortText } from "../../domain/catalogue/attribute.ts";
import type { Product, Variant } from "../../domain/catalogue/product.ts";
import type {
  DiscountAllocationNode,
  LineItemNode,
  OrderNode,
  RefundLineNode,
  RefundNode,
} from "../operations/order.ts";
import type { MetafieldNode } from "../operations/metafield-definitions.ts";
import type { ProductNode, VariantNode } from "../operations/product.ts";
import { readAttributes } from "./product-attributes.ts";

/** Longer than any claim of ours: what is longer was written by someone else. */
const LONGEST_CLAIM = 64;
const LONGEST_CATEGORY = 300;
/** Of titles, names and the like; Shopify's own longest are 255. */
const LONGEST_TEXT = 300;
/** A claim of ours is plain ASCII: what holds anything else was written by someone else. */
const CLAIM = /^[\x21-\x7e]+$/;
/** PostgreSQL's largest integer of a quantity's column. */
const LARGEST_QUANTITY = 2_147_483_647;
/** Times outside it are no times of a shop; some cannot be stored. */
const [EARLIEST, LATEST] = [Date.UTC(1900, 0), Date.UTC(9999, 11)];

/** Something of an order that is not of Shopify's own schema, or cannot be stored. Trying again would not help. */
export class UnreadableOrder extends Error {
  override readonly name = "UnreadableOrder";
  /** What the merchant calls the order ("#1001"); null where only a part of it is at hand. */
  readonly orderName: string | null;

  constructor(message: string, orderName: string | null = null) {
    super(message);
    this.orderName = orderName === null ? null : text(orderName);
  }
}

/**
 * A customer's pseudonym: a keyed hash of shop and customer, so that it means nothing in another shop, and nothing
 * to whoever lacks the key.
 */
export function customerKey(pseudonymKey: string, shop: ShopDomain, customerId: string): CustomerKey {
  const number = customerId.slice(customerId.lastIndexOf("/") + 1);
  return createHmac("sha256", pseudonymKey).update(`${shop}/${number}`).digest("base64url").slice(0, 22) as CustomerKey;
}

export interface ReadingContext {
  readonly shop: ShopDomain;
  readonly pseudonymKey: string;
  /** The shop's currency, for nodes of products, which do not name it. */
  readonly currency: string;
}

/**
 * Reads the order itself. An order whose payment was voided is no sale any more than a cancelled one, and is read as
 * one. Throws where Shopify's answer is not of its own schema.
 */
export function readOrder(context: ReadingContext, node: OrderNode): OrderHead {
  const currency = node.currencyCode;
  const subtotalMinor = minor(node.currentSubtotalPriceSet.shopMoney.amount, currency);
  const beyondLines = Math.max(-minor(node.refundDiscrepancySet.shopMoney.amount, currency), 0);
  // Beyond what is left of the goods it was shipping that was given back, or nothing that was ever paid for them.
  const refundedWithoutLinesMinor = Math.min(beyondLines, Math.max(subtotalMinor, 0));
  return {
    id: held(gid("Order", node.id)),
    name: text(node.name),
    createdAt: time(node.createdAt),
    processedAt: time(node.processedAt),
    updatedAt: time(node.updatedAt),
    cancelledAt: cancelledAt(node),
    test: node.test,
    currency,
    presentmentCurrency: text(node.presentmentCurrencyCode),
    channel: channelOfSource(node.sourceName),
    channelSource: textOrNull(node.sourceName),
    customerKey: node.customer === null ? null : customerKey(context.pseudonymKey, context.shop, node.customer.id),
    taxesIncluded: node.taxesIncluded,
    netMinor: subtotalMinor - refundedWithoutLinesMinor,
    refundedWithoutLinesMinor,
    refundedMinor: minor(node.totalRefundedSet.shopMoney.amount, currency),
    ...shippingDiscounts(node, currency),
  };
}

function cancelledAt({ cancelledAt, displayFinancialStatus, updatedAt }: OrderNode): number | null {
  if (cancelledAt !== null) return time(cancelledAt);
  return displayFinancialStatus === "VOIDED" ? time(updatedAt) : null;
}

/** Absent where it was not asked for. Where nothing was to be paid for shipping there is no shipping line. */
function shippingDiscounts({ shippingLine }: OrderNode, currency: string): Pick<OrderHead, "shippingDiscounts"> {
  if (shippingLine === undefined) return {};
  const shippingDiscounts = automaticDiscounts(shippingLine?.discountAllocations ?? [], currency);
  return shippingDiscounts === null ? {} : { shippingDiscounts };
}

/**
 * Reads one line; amounts are in what was the shop's currency when it was ordered, whatever the buyer paid in and
 * whatever the shop has changed to since.
 */
export function readLine(node: LineItemNode): OrderLine {
  const { amount, currencyCode: currency } = node.originalUnitPriceSet.shopMoney;
  // What stood on a bundle's line in the cart stands on the group of its components.
  const attributes = [...node.customAttributes, ...(node.lineItemGroup?.customAttributes ?? [])];
  const claim = attributes.find(({ key }) => key === CLAIM_PROPERTY)?.value ?? null;
  const automatic = automaticDiscounts(node.discountAllocations, currency);
  return {
    id: held(gid("LineItem", node.id)),
    productId: node.product === null ? null : held(gid("Product", node.product.id)),
    variantId: node.variant === null ? null : held(gid("ProductVariant", node.variant.id)),
    title: text(node.title),
    sku: textOrNull(node.sku),
    quantity: quantity(node.quantity),
    currentQuantity: quantity(node.currentQuantity),
    isGiftCard: node.isGiftCard,
    requiresShipping: node.requiresShipping,
    unitPriceMinor: minor(amount, currency),
    discountMinor: node.discountAllocations.reduce(
      (sum, { allocatedAmountSet }) => sum + minor(allocatedAmountSet.shopMoney.amount, currency),
      0,
    ),
    ...(automatic === null ? {} : { automaticDiscounts: automatic }),
    taxMinor: node.taxLines.reduce((sum, { priceSet }) => sum + minor(priceSet.shopMoney.amount, currency), 0),
    groupId: (node.lineItemGroup?.id ?? null) as LineGroupId | null,
    offer: claim !== null && claim.length <= LONGEST_CLAIM && CLAIM.test(claim) ? claim : null,
  };
}

/** By title; null where titles were not asked for. A code is never one of ours, and has no title. */
function automaticDiscounts(
  allocations: readonly DiscountAllocationNode[],
  currency: string,
): AutomaticDiscount[] | null {
  const byTitle = new Map<string, number>();
  for (const { allocatedAmountSet, discountApplication } of allocations) {
    if (discountApplication === undefined) return null;
    const { __typename, title } = discountApplication;
    if (__typename !== "AutomaticDiscountApplication" || title === undefined) continue;
    const taken = minor(allocatedAmountSet.shopMoney.amount, currency);
    if (taken > 0) byTitle.set(text(title), (byTitle.get(text(title)) ?? 0) + taken);
  }
  return Array.from(byTitle, ([title, minor]) => ({ title, minor }));
}

/** Reads the lines of one refund. */
export function readRefund(node: RefundNode, lines: readonly RefundLineNode[], currency: string): RefundLine[] {
  return lines.map((line) => ({
    refundId: node.id.slice(node.id.lastIndexOf("/") + 1),
    lineId: held(gid("LineItem", line.lineItem.id)),
    quantity: quantity(line.quantity),
    subtotalMinor: minor(line.subtotalSet.shopMoney.amount, currency),
    createdAt: node.createdAt === null ? 0 : time(node.createdAt),
  }));
}

export function readProduct(node: ProductNode, metafields: readonly MetafieldNode[]): Product {
  return {
    id: gid("Product", node.id),
    title: text(node.title),
    handle: text(node.handle),
    vendor: text(node.vendor),
    productType: text(node.productType),
    category: readCategory(node),
    tags: node.tags.map(text),
    attributes: readAttributes(node, metafields),
    status: node.status.toLowerCase() as Product["status"],
    isGiftCard: node.isGiftCard,
    hasSellingPlans: (node.sellingPlanGroupsCount?.count ?? 0) > 0,
    isBundle: node.hasVariantsThatRequiresComponents ?? false,
    publishedAt: node.publishedAt === null ? null : time(node.publishedAt),
    imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
    updatedAt: time(node.updatedAt),
  };
}

/** Shopify files what nobody has filed under a category of that name. */
function readCategory({ category }: ProductNode): string | null {
  const name = shortText(category?.fullName ?? "", LONGEST_CATEGORY);
  return name === "" || name === "Uncategorized" ? null : name;
}

/** Where there is nothing to choose, Shopify names a choice all the same. */
function readOptions({ selectedOptions, title }: VariantNode): Record<string, string> {
  if (title === "Default Title") return {};
  return Object.fromEntries((selectedOptions ?? []).map(({ name, value }) => [shortText(name), shortText(value)]));
}

export function readVariant(node: VariantNode, productId: ProductId, currency: string): Variant {
  const cost = node.inventoryItem?.unitCost ?? null;
  return {
    id: gid("ProductVariant", node.id),
    productId,
    title: text(node.title),
    options: readOptions(node),
    sku: textOrNull(node.sku),
    priceMinor: minor(node.price, currency),
    compareAtMinor: node.compareAtPrice === null ? null : minor(node.compareAtPrice, currency),
    costMinor: cost === null || cost.currencyCode !== currency ? null : minor(cost.amount, currency),
    available: node.availableForSale,
  };
}

/** An order's id in a webhook's body, as a number or a global id. Null where there is none that a row could hold. */
export function orderIdOf(value: unknown): OrderId | null {
  return typeof value === "string" || typeof value === "number" ? storable(parseGid("Order", value)) : null;
}

/** As {@link orderIdOf}, of a product. */
export function productIdOf(value: unknown): ProductId | null {
  return typeof value === "string" || typeof value === "number" ? storable(parseGid("Product", value)) : null;
}

/** People can write what they like: control characters, halves of characters, without end. None of it can be stored. */
function text(written: string): string {
  return shortText(written, LONGEST_TEXT);
}

function textOrNull(written: string | null): string | null {
  return written === null ? null : text(written);
}

/** An id of an order's own, which a row can hold. */
function held<Id extends OrderId | ProductId | VariantId | LineId>(id: Id): Id {
  if (storable(id) === null) throw new UnreadableOrder(`Not an id: ${id}`);
  return id;
}

function quantity(units: number): number {
  if (!Number.isInteger(units) || Math.abs(units) > LARGEST_QUANTITY) throw new UnreadableOrder(`Not units: ${units}`);
  return units;
}

/** Shopify's amounts can have more digits than the currency ("10.505"): the half is rounded up, as in its books. */
function minor(amount: string, currency: string): number {
  const parsed = parseDecimal(amount, currency, "half-up");
  if (parsed === null) throw new UnreadableOrder(`Not an amount of ${currency}: ${JSON.stringify(amount)}`);
  return parsed.amountMinor;
}

function time(written: string): number {
  const at = Date.parse(written);
  if (!(at >= EARLIEST && at <= LATEST)) throw new UnreadableOrder(`Not a time: ${JSON.stringify(written)}`);
  return at;
}
