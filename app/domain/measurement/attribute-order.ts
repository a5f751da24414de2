import type { LineId, OfferId, ProductId, VariantId } from "../ids.ts";
import { boughtAgain, parseClaim } from "../offers/offer-id.ts";
import type { ClaimedSurface } from "../offers/surface.ts";
import { orderAccount, type LineRefund } from "../orders/order-account.ts";
import type { Order } from "../orders/order.ts";

/** What one order line owes to one of our offers. Amounts are in the shop's currency. */
export interface LineAttribution {
  readonly lineId: LineId;
  readonly productId: ProductId | null;
  readonly variantId: VariantId | null;
  readonly title: string;
  readonly offerId: OfferId;
  readonly surface: ClaimedSurface;
  /** Units still sold. */
  readonly keptUnits: number;
  /** Price of the units that were sold, refunded ones included and edited ones not; discounts off. Never below zero. */
  readonly revenueMinor: number;
  /** Given back for the line so far, its share of refunds without lines included; at most its revenue. */
  readonly refundedMinor: number;
  /** Taxes that are part of what is left, `revenueMinor` less `refundedMinor`; 0 where prices do not include them. */
  readonly netTaxMinor: number;
}

/**
 * The lines of an order that came through our offers. A line earns only where the offer that it names listed its
 * product (`isListed`), and only with units that no edit took away. What is bought again is its own offer's product and
 * no other. Test and cancelled orders owe nothing, nor do gift cards: they are money that is spent later.
 *
 * `refunds`: what was given back by line; see `orderAccount` for how it is distinguished from what was edited away.
 */
export function attributeOrder(
  order: Order,
  refunds: ReadonlyMap<string, LineRefund>,
  isListed: (offerId: OfferId, product: ProductId) => boolean,
): LineAttribution[] {
  if (order.test || order.cancelledAt !== null) return [];
  const accounts = orderAccount(order.lines, refunds, order.refundedWithoutLinesMinor ?? 0);
  return order.lines.flatMap((line, place) => {
    const claim = line.offer === null ? null : parseClaim(line.offer);
    if (claim === null || line.productId === null || line.isGiftCard) return [];
    const again = boughtAgain(claim.offerId);
    if (again !== null && again !== line.productId) return [];
    if (!isListed(claim.offerId, line.productId)) return [];
    const { kept, refunded, refundedMinor, netMinor, netTaxMinor } = accounts[place]!;
    if (kept + refunded === 0) return [];
    return {
      lineId: line.id,
      productId: line.productId,
      variantId: line.variantId,
      title: line.title,
      offerId: claim.offerId,
      surface: claim.surface,
      keptUnits: kept,
      revenueMinor: netMinor + refundedMinor,
      refundedMinor,
      netTaxMinor: order.taxesIncluded === true ? netTaxMinor : 0,
    };
  });
}
