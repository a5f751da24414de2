import type { OwnPart } from "../domain/offers/beside-ours.ts";
import type { OfferStatus } from "../domain/offers/offer.ts";
import type { Absence } from "../domain/simulation/absent-offer.ts";
import type { SetCreditOutcome } from "../domain/simulation/set-credit.ts";
import type { DeliveryOutcome } from "../domain/simulation/simulate-delivery.ts";
import type { LineOutcome } from "../domain/simulation/simulate-lines.ts";
import type { SimulatedQuery } from "../domain/simulation/simulated-query.ts";
import type { TiersOutcome } from "../domain/simulation/simulate-tiers.ts";
import type { MoneyView } from "./money-view.ts";

/** A variant that the picker found. */
export interface FoundVariantView {
  /** Number of the variant. */
  variant: string;
  title: string;
  /** Null where the product has only one. */
  variantTitle: string | null;
  imageUrl: string | null;
  available: boolean;
  price: MoneyView;
  /** What one unit costs the shop; null where it is not known. */
  cost: MoneyView | null;
}

/** What the simulator shows. Amounts are minor units of `currency`. */
export interface SimulatorView {
  /** What was asked, with the lines of the order where the cart is one's. */
  query: SimulatedQuery;
  currency: string;
  shopCurrency: string;
  currencies: string[];
  timezone: string;
  /** The order whose lines the cart began with. */
  order: SimulatedOrderView | { notFound: string } | null;
  lines: SimulatorLineView[];
  /** Lines whose variant no longer exists. */
  goneLines: number;
  /** Null while the cart is empty, or the price of a line is not known. */
  totals: SimulatorTotalsView | null;
  offers: SimulatorOfferView[];
  /** Offers that are not active, which a plan can include. */
  inactive: { number: number; type: string; name: string; status: OfferStatus; included: boolean }[];
  /** The arms of running experiments that decide about discounts, "3.1", each with its offer. */
  arms: { arm: string; experiment: string; offer: number; type: string; name: string }[];
  /** Everything is off the storefront. */
  paused: boolean;
  /** False where our discount is off at Shopify: no offer gives a price. */
  discountActive: boolean;
  /** ISO time of the latest publish; null before the first. */
  publishedAt: string | null;
  own: ShopDiscountsView | null;
}

export interface SimulatedOrderView {
  name: string;
  /** How many of its lines are no products of the shop any more, or too many. */
  leftOut: number;
  /**
   * Which prices its lines have, before discounts: those that the buyer paid, the same as Shopify had converted them into the
   * shop's currency of then, or the catalogue's of today.
   */
  prices: "paid" | "converted" | "catalogue";
  /** Null for a currency that Shopify did not know. */
  paidIn: string | null;
  /** Whether Shopify was asked what was paid, and did not say. */
  notAnswered: boolean;
}

export interface SimulatorLineView {
  id: string;
  variant: string;
  title: string;
  variantTitle: string | null;
  imageUrl: string | null;
  available: boolean;
  isGiftCard: boolean;
  quantity: number;
  subscription: boolean;
  /** Null where nobody knows it: it has to be typed. */
  unitPriceMinor: number | null;
  compareAtMinor: number | null;
  /** Whether a person typed the price. */
  priceTyped: boolean;
  fullMinor: number;
  discountMinor: number;
  discounts: { offer: number; quantity: number; amountOffMinor: number }[];
}

export interface SimulatorTotalsView {
  fullMinor: number;
  savedMinor: number;
  itemsMinor: number;
  /** Whether an offer makes the chosen way to deliver free. */
  freeDelivery: boolean;
  /** What is charged for delivery; null where nobody typed what it costs. */
  deliveryMinor: number | null;
}

export type SimulatorOutcome =
  | LineOutcome
  | DeliveryOutcome
  | TiersOutcome
  | SetCreditOutcome
  | Absence
  | { readonly code: "shop-paused" }
  | { readonly code: "discount-off" };

/** What became of one offer in the cart. */
export interface SimulatorOfferView {
  number: number;
  type: string;
  name: string;
  outcome: SimulatorOutcome;
  /** Titles of the products that are missing; empty for other outcomes. */
  missing: string[];
  /** The line of which more units are missing; null for other outcomes. */
  missingLine: string | null;
}

/** What Shopify lets apps know of the shop's other discounts. */
export type ShopDiscountsView =
  | { code: "known"; automatic: ShopDiscountView[]; more: boolean; codes: EnteredCodeView[] }
  | { code: "not-allowed" | "no-answer" };

/** A discount of the shop that is not ours. */
export interface ShopDiscountView {
  title: string;
  /** What of ours may be in one order with it. */
  beside: OwnPart[];
  /** Whether it is on products: each line of the cart then gets the larger of it and ours, whatever combines. */
  onProducts: boolean;
}

export type EnteredCodeView =
  { entered: string; found: ShopDiscountView & { active: boolean } } | { entered: string; found: null };
