/**
 * What the offers of a shop earned and cost in a period. Three figures of revenue stand side by side and are never added:
 * attributed and assisted revenue (here), and incremental revenue (by the holdout, see `experiments/`).
 *
 * All amounts are in the smallest unit of one currency: orders in another one are counted and left out. An order belongs
 * to the report day on which it was placed; what is given back for it later is taken off that day. Test and cancelled
 * orders are left out everywhere. Shipping is no revenue; what our discounts took off it is a cost.
 */

/** What figures can be split by. */
export const FIGURE_DIMENSIONS = ["day", "offer", "surface", "product"] as const;
export type FigureDimension = (typeof FIGURE_DIMENSIONS)[number];

/** What a shop sold, whether or not an offer had a part in it. */
export interface SoldFigures {
  /** Orders of which something is still sold. */
  readonly orders: number;
  /** Units that are still sold, gift cards left out. */
  readonly units: number;
  /** Price of these units: discounts and refunds off, taxes out, gift cards left out (they are paid for, not earned). */
  readonly netMinor: number;
}

/** What came through offers: lines whose claim is true, see `attribute-order.ts`. */
export interface EarnedFigures {
  /** Orders and lines of which something that came through an offer is still sold. */
  readonly orders: number;
  readonly lines: number;
  /** Units that came through an offer and are still sold. */
  readonly units: number;
  /** Price of the units when they were sold: discounts off, refunded ones included, taxes where prices include them. */
  readonly soldMinor: number;
  readonly refundedMinor: number;
  /** Taxes that are part of what is left; 0 where prices do not include them. */
  readonly taxMinor: number;
  /** What our own discounts took off what is still sold, on all lines: also on those that earn nothing. */
  readonly discountMinor: number;
  /** What our own discounts took off shipping. It stays given when something is sent back. */
  readonly shippingMinor: number;
  /** Orders of which nobody knows what our discounts took off: they were read before it was asked for. */
  readonly discountUnknownOrders: number;
}

/**
 * What is left of orders that met an offer, without the lines that came through one: no line is attributed and assisted. Each
 * order counts by the strongest way in which it met an offer; amounts are as {@link SoldFigures.netMinor}.
 */
export interface AssistedFigures {
  readonly orders: number;
  /** Something else in the order came through an offer. */
  readonly throughMinor: number;
  /** Its shopper clicked an offer or added something from one. */
  readonly usedMinor: number;
  /** Its shopper saw an offer. */
  readonly seenMinor: number;
  /** Orders still sold whose shopper's visit is known, or in which something came through an offer: others assist nothing. */
  readonly knownOrders: number;
}

/** A report day ("2026-11-21"), an offer's key (`offerKey`), a surface, or a product's bare number. */
export type FigureKey = string;

export interface FigureGroup {
  readonly key: FigureKey;
  /** Null where an order cannot belong to one group: several offers, surfaces and products can share it. */
  readonly sold: SoldFigures | null;
  readonly earned: EarnedFigures;
}

export interface Figures {
  readonly total: { readonly sold: SoldFigures; readonly earned: EarnedFigures };
  /** Of days every one of the period, in order. Of anything else those with a figure, the highest revenue first. */
  readonly groups: readonly FigureGroup[];
  /** Orders in other currencies, of before the shop changed its own. They are in none of the figures. */
  readonly otherCurrencyOrders: number;
}

export const NOTHING_SOLD: SoldFigures = { orders: 0, units: 0, netMinor: 0 };
export const NOTHING_EARNED: EarnedFigures = {
  ...{ orders: 0, lines: 0, units: 0, soldMinor: 0, refundedMinor: 0, taxMinor: 0 },
  ...{ discountMinor: 0, shippingMinor: 0, discountUnknownOrders: 0 },
};

/** Attributed revenue: what came through offers, after discounts and refunds, before taxes and without shipping. */
export function attributedMinor(earned: EarnedFigures): number {
  return earned.soldMinor - earned.refundedMinor - earned.taxMinor;
}

/** All that our own discounts gave: what they took off what is still sold, and off shipping. */
export function givenMinor({ discountMinor, shippingMinor }: EarnedFigures): number {
  return discountMinor + shippingMinor;
}

/** Assisted revenue, each order once. */
export function assistedMinor({ throughMinor, usedMinor, seenMinor }: AssistedFigures): number {
  return throughMinor + usedMinor + seenMinor;
}

/** Average order value: net sales / orders, to the nearest smallest unit; null without orders. */
export function averageOrderMinor({ netMinor, orders }: SoldFigures): number | null {
  return orders === 0 ? null : Math.round(netMinor / orders);
}

/** Units per order: units still sold / orders; null without orders. */
export function unitsPerOrder({ units, orders }: SoldFigures): number | null {
  return orders === 0 ? null : units / orders;
}
