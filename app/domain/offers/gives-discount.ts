import { OWN_PARTS, type OwnPart } from "./beside-ours.ts";
import type { Offer } from "./offer.ts";
import type { OfferTypeName } from "./offer-type-name.ts";
import { offersOf } from "./offer-types.ts";
import { isCredit } from "./rewards/rewards.ts";

/**
 * Where each type says what it gives: in the offer's reward alone, in its config, in further tiers beside the reward, or in
 * the price of a product that is made for it, which no discount is taken off.
 */
export const GIVEN_BY = {
  "add-on": "reward",
  "bought-together": "reward",
  "buy-x-get-y": "config",
  "fixed-bundle": "product",
  goal: "tiers",
  "mix-and-match": "config",
  "quantity-breaks": "config",
  subscription: "reward",
  upgrade: "reward",
} as const satisfies Record<OfferTypeName, "reward" | "config" | "tiers" | "product">;

/** Whether our discount takes something off the price of items for an offer. */
export function takesOffItems({ type, reward }: Pick<Offer, "type" | "reward">): boolean {
  const isOffItems = reward !== null && reward.kind !== "free-shipping" && !isCredit(reward);
  return GIVEN_BY[type] === "config" || isOffItems;
}

/** Whether an offer promises anything that our discount has to give. */
export function needsDiscount(offer: Offer): boolean {
  const hasTiers = offersOf("goal", [offer]).some(({ config }) => config.tiers.length > 0);
  return takesOffItems(offer) || (offer.reward !== null && !isCredit(offer.reward)) || hasTiers;
}

/** What running offers have our discount take something off. A gift is a product. */
export function partsGiven(running: readonly Offer[]): OwnPart[] {
  const tiers = offersOf("goal", running).flatMap(({ config }) => config.tiers);
  const given: Readonly<Record<OwnPart, boolean>> = {
    products: running.some(takesOffItems) || tiers.some(({ reward }) => reward.kind === "gift"),
    order: tiers.some(({ reward }) => reward.kind !== "gift"),
    delivery: running.some(({ reward }) => reward?.kind === "free-shipping"),
  };
  return OWN_PARTS.filter((part) => given[part]);
}
