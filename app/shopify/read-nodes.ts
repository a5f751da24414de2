import { createHmac } from "node:crypto";
import {
  bareNumber,
  gid,
  parseGid,
  type CustomerKey,
  type LineGroupId,
  type OrderId,
  type ProductId,
  type ShopDomain,
} from "../domain/ids.ts";
import { parseDecimal } from "../domain/money/money.ts";
import type { OrderHead, RefundLine } from "../domain/orders/order-news.ts";
import { channelOfSource, type OrderLine } from "../domain/orders/order.ts";
import { shortText } from "../domain/products/attribute.ts";
import type { Product, Variant } from "../domain/products/product.ts";
import type { LineItemNode, OrderNode, RefundLineNode, RefundNode } from "./operations/order.ts";
import type { MetafieldNode } from "./operations/metafield-definitions.ts";
import type { ProductNode, VariantNode } from "./operations/product.ts";
import { readAttributes } from "./product-attributes.ts";

/** The line property that our widgets give to what they add. */
export const OFFER_PROPERTY = "_tsuide";
/** Longer than any claim of ours: what is longer was written by someone else. */
const LONGEST_CLAIM = 64;
const LONGEST_CATEGORY = 300;

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
 * Reads the order itself. An order whose payment was voided is no sale any more than a cancelled one, and is read as one.
 * Throws where Shopify's answer is not of its own schema.
 */
export function readOrder(context: ReadingContext, node: OrderNode): OrderHead {
  const currency = node.currencyCode;
  const subtotalMinor = minor(node.currentSubtotalPriceSet.shopMoney.amount, currency);
  const beyondLines = Math.max(-minor(node.refundDiscrepancySet.shopMoney.amount, currency), 0);
  // Beyond what is left of the goods it was shipping that was given back, or nothing that was ever paid for them.
  const refundedWithoutLinesMinor = Math.min(beyondLines, Math.max(subtotalMinor, 0));
  return {
    id: gid("Order", node.id),
    name: node.name,
    createdAt: time(node.createdAt),
    processedAt: time(node.processedAt),
    updatedAt: time(node.updatedAt),
    cancelledAt: cancelledAt(node),
    test: node.test,
    currency,
    presentmentCurrency: node.presentmentCurrencyCode,
    channel: channelOfSource(node.sourceName),
    channelSource: node.sourceName,
    customerKey: node.customer === null ? null : customerKey(context.pseudonymKey, context.shop, node.customer.id),
    taxesIncluded: node.taxesIncluded,
    netMinor: subtotalMinor - refundedWithoutLinesMinor,
    refundedWithoutLinesMinor,
    refundedMinor: minor(node.totalRefundedSet.shopMoney.amount, currency),
  };
}

function cancelledAt({ cancelledAt, displayFinancialStatus, updatedAt }: OrderNode): number | null {
  if (cancelledAt !== null) return time(cancelledAt);
  return displayFinancialStatus === "VOIDED" ? time(updatedAt) : null;
}

/**
 * Reads one line; amounts are in what was the shop's currency when it was ordered, whatever the buyer paid in and whatever
 * the shop has changed to since.
 */
export function readLine(node: LineItemNode): OrderLine {
  const { amount, currencyCode: currency } = node.originalUnitPriceSet.shopMoney;
  const claim = node.customAttributes.find(({ key }) => key === OFFER_PROPERTY)?.value ?? null;
  return {
    id: gid("LineItem", node.id),
    productId: node.product === null ? null : gid("Product", node.product.id),
    variantId: node.variant === null ? null : gid("ProductVariant", node.variant.id),
    title: node.title,
    sku: node.sku,
    quantity: node.quantity,
    currentQuantity: node.currentQuantity,
    isGiftCard: node.isGiftCard,
    requiresShipping: node.requiresShipping,
    unitPriceMinor: minor(amount, currency),
    discountMinor: node.discountAllocations.reduce(
      (sum, { allocatedAmountSet }) => sum + minor(allocatedAmountSet.shopMoney.amount, currency),
      0,
    ),
    taxMinor: node.taxLines.reduce((sum, { priceSet }) => sum + minor(priceSet.shopMoney.amount, currency), 0),
    groupId: (node.lineItemGroup?.id ?? null) as LineGroupId | null,
    offer: claim !== null && claim.length <= LONGEST_CLAIM ? claim : null,
  };
}

/** Reads the lines of one refund. */
export function readRefund(node: RefundNode, lines: readonly RefundLineNode[], currency: string): RefundLine[] {
  return lines.map((line) => ({
    refundId: node.id.slice(node.id.lastIndexOf("/") + 1),
    lineId: gid("LineItem", line.lineItem.id),
    quantity: line.quantity,
    subtotalMinor: minor(line.subtotalSet.shopMoney.amount, currency),
    createdAt: node.createdAt === null ? 0 : time(node.createdAt),
  }));
}

export function readProduct(node: ProductNode, metafields: readonly MetafieldNode[]): Product {
  return {
    id: gid("Product", node.id),
    title: node.title,
    handle: node.handle,
    vendor: node.vendor,
    productType: node.productType,
    category: readCategory(node),
    tags: node.tags,
    attributes: readAttributes(node, metafields),
    status: node.status.toLowerCase() as Product["status"],
    isGiftCard: node.isGiftCard,
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
    title: node.title,
    options: readOptions(node),
    sku: node.sku,
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

const LARGEST_ID = 2n ** 63n - 1n;

function storable<Id extends OrderId | ProductId>(id: Id | null): Id | null {
  if (id === null) return null;
  const number = bareNumber(id);
  return /^\d{1,19}$/.test(number) && BigInt(number) <= LARGEST_ID ? id : null;
}

/** Shopify's amounts can have more digits than the currency ("10.505"): the half is rounded up, as in its books. */
function minor(amount: string, currency: string): number {
  const parsed = parseDecimal(amount, currency, "half-up");
  if (parsed === null) throw new Error(`Not an amount of ${currency}: ${JSON.stringify(amount)}`);
  return parsed.amountMinor;
}

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`Not a time: ${JSON.stringify(text)}`);
  return at;
}
