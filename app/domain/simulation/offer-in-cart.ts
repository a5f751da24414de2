import type { BareId } from "../ids.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import type { LineToPrice } from "../pricing/price-cart.ts";
import {
  encodeProductRules,
  encodeShopRules,
  type GoalRules,
  type ProductRules,
  type ShopRules,
} from "../pricing/rules.ts";

/** A line of a simulated cart. */
export interface SimulatedLine extends Omit<LineToPrice, "rules"> {
  readonly requiresShipping: boolean;
}

/** A product that an offer names and the cart lacks. */
export interface AddableProduct {
  readonly product: BareId;
  /** Minor units of the cart's currency; at least 1 where the price is not known, since an offer takes off what costs something. */
  readonly unitPriceMinor: number;
}

/** An offer whose rules products of the cart carry. */
export interface LineOffer {
  readonly number: number;
  readonly type: OfferTypeName;
  /** What each product of the cart carries of it. */
  readonly rules: ReadonlyMap<BareId, ProductRules>;
  /** Products that it is bought with, the best first. */
  readonly adds: readonly AddableProduct[];
}

/** An offer that makes delivery free. */
export interface DeliveryOffer {
  readonly number: number;
  readonly type: OfferTypeName;
  readonly rules: GoalRules;
}

/** An offer of the whole shop, with the rules of all its tiers. */
export interface SimulatedShopOffer {
  readonly number: number;
  readonly type: OfferTypeName;
  readonly rules: readonly ShopRules[];
}

/** Rules under which nothing is stopped. */
export const NOTHING_STOPPED = encodeShopRules([]);

/** What each product would carry if an offer were the only one. */
export function rulesOfOfferAlone(offer: LineOffer): ReadonlyMap<BareId, string> {
  return new Map(
    [...offer.rules].flatMap(([product, rules]) => {
      const text = encodeProductRules([rules]);
      return text === null ? [] : [[product, text]];
    }),
  );
}

/** The shop's rules if an offer were the only one. */
export function shopRulesOfOfferAlone({ rules }: DeliveryOffer): string {
  return encodeShopRules([rules]);
}

/** The currencies that rules have amounts in; empty where they hold in any. */
export function currenciesOf(rules: unknown): string[] {
  if (typeof rules !== "object" || rules === null) return [];
  const own = Object.keys(rules).filter((key) => /^[A-Z]{3}$/.test(key));
  return [...new Set([...own, ...Object.values(rules).flatMap(currenciesOf)])].sort();
}
