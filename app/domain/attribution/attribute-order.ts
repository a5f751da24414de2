import type { LineId, OfferId, ProductId } from "../ids.ts";
import { parseGid } from "../ids.ts";
import type { Order } from "../orders/order.ts";

/** Where a shopper met the offer. */
export const SURFACES = ["product", "cart", "checkout", "thank-you"] as const;
export type Surface = (typeof SURFACES)[number];

/** What one order line owes to one of our offers. Amounts are in the shop's currency. */
export interface LineAttribution {
  readonly lineId: LineId;
  readonly productId: ProductId | null;
  readonly title: string;
  readonly offerId: OfferId;
  readonly surface: Surface;
  /** Price of all units ordered, discounts off, before refunds. Never below zero. */
  readonly revenueMinor: number;
  /** Given back for the line so far, at most its revenue. */
  readonly refundedMinor: number;
}

const CLAIM = /^((bt|again)-([0-9]{1,20}))\/([a-z-]{1,20})$/;

/** The trigger product that the id of a bought-together offer names ("bt-123"), or null for any other id. */
export function triggerOfOffer(offerId: string): ProductId | null {
  return productOfOffer("bt", offerId);
}

/** The product that was suggested because its customer buys it again and again ("again-123"), or null. */
export function boughtAgain(offerId: string): ProductId | null {
  return productOfOffer("again", offerId);
}

function productOfOffer(kind: "bt" | "again", offerId: string): ProductId | null {
  const match = CLAIM.exec(`${offerId}/product`);
  return match === null || match[2] !== kind ? null : parseGid("Product", match[3]!);
}

/** Reads a `_tsuide` line property, "<offer id>/<surface>". Null for anything else: buyers can write what they like. */
export function parseClaim(property: string): { offerId: OfferId; surface: Surface } | null {
  const match = CLAIM.exec(property);
  if (match === null) return null;
  const surface = SURFACES.find((known) => known === match[4]);
  return surface === undefined ? null : { offerId: match[1] as OfferId, surface };
}

/**
 * The lines of an order that came through our offers (M1). A line counts when it claims an offer that the shop has,
 * and when it is not that offer's own product; what is bought again is its own offer's product and no other. Test and
 * cancelled orders owe nothing.
 *
 * `refunds`: what was given back by line. Revenue less refunds is what the offer earned; a line that was taken off by
 * an edit, without a refund, counts for the units that are left.
 */
export function attributeOrder(
  order: Order,
  refunds: ReadonlyMap<string, number>,
  isOffer: (offerId: OfferId) => boolean,
): LineAttribution[] {
  if (order.test || order.cancelledAt !== null) return [];
  return order.lines.flatMap((line) => {
    const claim = line.offer === null ? null : parseClaim(line.offer);
    if (claim === null || !isOffer(claim.offerId)) return [];
    if (line.productId === null || line.productId === triggerOfOffer(claim.offerId)) return [];
    const again = boughtAgain(claim.offerId);
    if (again !== null && again !== line.productId) return [];
    const ordered = Math.max(line.unitPriceMinor * line.quantity - line.discountMinor, 0);
    const refunded = refunds.get(line.id);
    // Units that are gone without a refund were edited away: nothing was ever earned with them.
    const revenueMinor =
      refunded === undefined && line.currentQuantity < line.quantity && line.quantity > 0
        ? Math.round((ordered * Math.max(line.currentQuantity, 0)) / line.quantity)
        : ordered;
    return {
      lineId: line.id,
      productId: line.productId,
      title: line.title,
      offerId: claim.offerId,
      surface: claim.surface,
      revenueMinor,
      refundedMinor: Math.min(Math.max(refunded ?? 0, 0), revenueMinor),
    };
  });
}
