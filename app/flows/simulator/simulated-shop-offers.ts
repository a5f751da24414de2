import { shopType } from "../../domain/offers/compiled-types.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import type { ShopPublishFacts } from "../../domain/offers/compiled-type.ts";
import type { ShopperFacts } from "../../domain/pricing/buyer-facts.ts";
import type { DeliveryOffer, SimulatedShopOffer } from "../../domain/simulation/offer-in-cart.ts";
import { unmetConditions } from "../../domain/offers/shopper-conditions/unmet-conditions.ts";

/** The offers of the whole shop that are for a shopper, with what they give. */
export function shopOffersOf(
  running: readonly Offer[],
  facts: ShopPublishFacts,
  shopper: ShopperFacts,
): SimulatedShopOffer[] {
  return running.flatMap((offer) => {
    if (unmetConditions(offer.audience, shopper) !== null) return [];
    const rules = shopType(offer.type)?.compile(offer, facts)?.rules ?? [];
    return rules.length === 0 ? [] : [{ number: offer.number, type: offer.type, rules }];
  });
}

/** What an offer of the whole shop does for delivery. */
export function deliveryOffersOf({ rules, ...offer }: SimulatedShopOffer): DeliveryOffer[] {
  return rules.flatMap((one) => (one.type === "goal" ? [{ ...offer, rules: one }] : []));
}
