import type { PublishedOffer } from "../publishing/published.ts";
import type { BareId } from "../ids.ts";

/** A cart as the discount rules see it. Line properties are not part of it: they never authorise a price. */
export interface DiscountCart {
  /** The currency that the buyer pays in; every amount is in its minor units. */
  readonly currency: string;
  readonly lines: readonly DiscountLine[];
}

export interface DiscountLine {
  readonly id: string;
  /** Null for a custom item without a product. */
  readonly product: BareId | null;
  /** The published offer of its product, where there is one. */
  readonly offer: PublishedOffer | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** Bought on a selling plan: never discounted, though it may be what others are bought with. */
  readonly subscription: boolean;
}

/** So much off each of `quantity` units of one line. */
export interface LineDiscount {
  readonly lineId: string;
  readonly quantity: number;
  readonly amountOffMinor: number;
}

/** What counts towards free shipping. */
export interface ShippingCart {
  readonly currency: string;
  readonly lines: readonly ShippingLine[];
}

export interface ShippingLine {
  /** After discounts on the line. */
  readonly totalMinor: number;
  /** False for gift cards and for what is never sent. */
  readonly ships: boolean;
}
