import type { CustomerKey, LineGroupId, LineId, OrderId, ProductId, VariantId } from "../ids.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UtcMs = number;

/** Where an order was placed. The shop's own word for it is kept beside it, in `Order.channelSource`. */
export type OrderChannel = "online" | "pos" | "draft" | "other";

/**
 * One order as the domain knows it: what was sold, when and through which channel, and who bought it only as a
 * pseudonymous key. No name, e-mail, phone or address has a place here (Level 1 customer data).
 */
export interface Order {
  readonly id: OrderId;
  /** The number that the merchant sees, "#1001". */
  readonly name: string;
  readonly createdAt: UtcMs;
  /** When the sale took place; earlier than `createdAt` for an imported order. */
  readonly processedAt: UtcMs;
  /** Version of the order: an older one never overwrites a newer one. */
  readonly updatedAt: UtcMs;
  /** When the order was cancelled or its payment voided: nothing was sold. */
  readonly cancelledAt: UtcMs | null;
  readonly test: boolean;
  /** ISO 4217 code of the shop's currency, which all amounts of the lines are in. */
  readonly currency: string;
  /** What the customer paid in. Absent where the source does not say. */
  readonly presentmentCurrency?: string;
  readonly channel: OrderChannel;
  /** What Shopify calls the source ("web", "pos", "shopify_draft_order", an app's handle); null where unknown. */
  readonly channelSource: string | null;
  readonly customerKey: CustomerKey | null;
  /** Whether the lines' prices include taxes. Absent where the source does not say. */
  readonly taxesIncluded?: boolean;
  /** Given back for goods by refunds that name no line; absent for nothing. */
  readonly refundedWithoutLinesMinor?: number;
  /** What automatic discounts took off shipping, by title. Absent where it was not read. */
  readonly shippingDiscounts?: readonly AutomaticDiscount[];
  readonly lines: readonly OrderLine[];
}

/** One line of an order. Amounts are integers in the smallest unit of `Order.currency`. */
export interface OrderLine {
  readonly id: LineId;
  /** Null for a custom line and for a product that was deleted before the order was first read. */
  readonly productId: ProductId | null;
  readonly variantId: VariantId | null;
  readonly title: string;
  /** Stock-keeping unit, where there is one. */
  readonly sku?: string | null;
  /** Units ordered. */
  readonly quantity: number;
  /** Units still sold: those ordered without those refunded and those taken off by edits. */
  readonly currentQuantity: number;
  readonly isGiftCard: boolean;
  /** False for what is never sent: services, tips, downloads. Absent where the source does not say. */
  readonly requiresShipping?: boolean;
  /** Price of one unit before discounts. */
  readonly unitPriceMinor: number;
  /** Discounts on the whole line, order-level ones prorated onto it. */
  readonly discountMinor: number;
  /** What automatic discounts took off the whole line, by title; part of `discountMinor`. Absent where it was not read. */
  readonly automaticDiscounts?: readonly AutomaticDiscount[];
  /** Taxes on all units ordered; absent where the source does not say. */
  readonly taxMinor?: number;
  /** The bundle that this line is a component of. */
  readonly groupId: LineGroupId | null;
  /** Which of our own offers put the line into the cart (the `_tsuide` line property, verbatim); null for none. */
  readonly offer: string | null;
}

/** What one automatic discount took off a line, or off the shipping of an order. */
export interface AutomaticDiscount {
  /** As the order names it: the message of a discount of an app, the title of any other. */
  readonly title: string;
  readonly minor: number;
}

const CHANNEL_BY_SOURCE: Readonly<Record<string, OrderChannel>> = {
  web: "online",
  online_store: "online",
  checkout: "online",
  shop: "online",
  pos: "pos",
  android: "pos",
  iphone: "pos",
  shopify_draft_order: "draft",
  draft_orders: "draft",
};

/** The channel of a Shopify source name; "other" for apps, marketplaces and anything unknown. */
export function channelOfSource(source: string | null): OrderChannel {
  if (source === null) return "other";
  return CHANNEL_BY_SOURCE[source.trim().toLowerCase()] ?? "other";
}
