import type { LineId, OfferId, ProductId } from "../ids.ts";
import { parseGid } from "../ids.ts";
import { orderAccount, type LineRefund } from "../orders/order-account.ts";
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
  /** Units still sold. */
  readonly keptUnits: number;
  /** Price of the units that were sold, refunded ones included and edited ones not; discounts off. Never below zero. */
  readonly revenueMinor: number;
  /** Given back for the line so far, its share of refunds without lines included; at most its revenue. */
  readonly refundedMinor: number;
  /** Taxes that are part of what is left, `revenueMinor` less `refundedMinor`; 0 where prices do not include them. */
  readonly netTaxMinor: number;
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
 * The lines of an order that came through our offers (M1). A line earns only where the offer that it names listed its
 * product (`isListed`), and only with units that no edit took away. A companion is never its own offer's product; what is
 * bought again is its own offer's product and no other. Test and cancelled orders owe nothing.
 *
 * `refunds`: what was given back by line; see `orderAccount` for how it is told from what was edited away.
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
    if (claim === null || line.productId === null) return [];
    const again = boughtAgain(claim.offerId);
    if (again !== null && again !== line.productId) return [];
    if (line.productId === triggerOfOffer(claim.offerId) || !isListed(claim.offerId, line.productId)) return [];
    const { kept, refunded, refundedMinor, netMinor, netTaxMinor } = accounts[place]!;
    if (kept + refunded === 0) return [];
    return {
      lineId: line.id,
      productId: line.productId,
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
