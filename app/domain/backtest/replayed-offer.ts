import type { OfferTypeName } from "../offers/offer-type-name.ts";
import type { Reward } from "../offers/rewards/rewards.ts";
import type { CreditTerms } from "../store-credit/terms.ts";

/** A product that an offer shows with another one, where that costs at least so much. */
export interface ShownProduct {
  /** Number of the product. */
  readonly product: number;
  readonly leastPriceMinor: number;
}

/** A variant that a better one of the same product is shown in place of, by their numbers. */
export interface ShownVariant {
  readonly variant: number;
  readonly better: number;
}

/** Store credit that orders with a whole set earn. */
export interface ReplayedCredit {
  readonly terms: CreditTerms;
  /** By number of the product that carries the offer: the other products of its set. */
  readonly sets: ReadonlyMap<number, readonly number[]>;
}

/** A product that a goal gives free. */
export interface ReplayedGift {
  readonly product: number;
  /** The lowest amount from which it is given. */
  readonly fromMinor: number;
  readonly priceMinor: number;
  /** Null where nobody knows. */
  readonly costMinor: number | null;
}

/** What one product carries of an offer that changes prices. */
export interface ReplayedProduct {
  /** Compact rules, as the discount Function reads them. */
  readonly rules: string;
  /** Fewest units that a cart must have before they take anything off; see `ReplayedOffer.countsTogether`. */
  readonly need: number;
  /** Numbers of the products that it is bought with. */
  readonly named: readonly number[];
}

/** A component of a bundle: so many units of one variant. */
export interface BundlePart {
  /** Numbers of the product and of its variant. */
  readonly product: number;
  readonly variant: number;
  readonly quantity: number;
}

/** A bundle, whose price is Shopify's: no rules are published of it. */
export interface ReplayedBundle {
  readonly parts: readonly BundlePart[];
  /** Null where it costs what its components cost apart. */
  readonly reward: Reward | null;
}

/** An offer as past orders are priced with it: what would be published of it, and of no other. */
export interface ReplayedOffer {
  readonly type: OfferTypeName;
  /** The shop's currency, which all amounts are in. */
  readonly currency: string;
  /** Whether only carts that were paid in the shop's currency can be priced: the others' own prices are not stored. */
  readonly hasAmounts: boolean;
  /** Compact rules of the shop: goals, and for whom the offer is. */
  readonly shopRules: string;
  /** Tests of shoppers; null for all. Conditions that an order does not answer are not among them. */
  readonly tests: string | null;
  /** By number of the product. */
  readonly products: ReadonlyMap<number, ReplayedProduct>;
  /** Whether units of all products count towards `need`, or those of each product by themselves. */
  readonly countsTogether: boolean;
  /** Whether all that a product names has to be in the cart, and the set ships for free. */
  readonly setShipsFree: boolean;
  /** Basis points off every two products of a set that are bought together; null for other rewards and offers. */
  readonly pairBasisPoints: number | null;
  /** Basis points off other products that are got for less; null for other rewards and offers. */
  readonly gotBasisPoints: number | null;
  /** Of a goal the lowest amount from which a cart gets something; of other offers, those that carts have to cost. */
  readonly amounts: readonly number[];
  readonly gifts: readonly ReplayedGift[];
  /** Null for offers of other types, and for a bundle that cannot be made. */
  readonly bundle: ReplayedBundle | null;
  /** Null where the offer gives no store credit. */
  readonly credit: ReplayedCredit | null;
  /** Of an offer that gives nothing: what is shown with each product. */
  readonly shown: ReadonlyMap<number, readonly (ShownProduct | ShownVariant)[]>;
  /** Today's price of the products that a shopper could add. */
  readonly prices: ReadonlyMap<number, number>;
}

/** Whether an offer gives or shows anything at all. */
export function isReplayable({ products, shown, amounts, bundle, credit }: ReplayedOffer): boolean {
  return products.size > 0 || shown.size > 0 || amounts.length > 0 || bundle !== null || credit !== null;
}
