import type { Offer } from "./offer.ts";
import { offersOf } from "./offer-types.ts";

/** Types whose config says itself what is taken off. */
const PRICED_BY_CONFIG: ReadonlySet<string> = new Set(["buy-x-get-y", "mix-and-match", "quantity-breaks"]);

/** Whether our discount takes something off the price of items for an offer. */
export function takesOffItems({ type, reward }: Pick<Offer, "type" | "reward">): boolean {
  return PRICED_BY_CONFIG.has(type) || (reward !== null && reward.kind !== "free-shipping");
}

/** Whether an offer promises anything that our discount has to give. */
export function needsDiscount(offer: Offer): boolean {
  const hasTiers = offersOf("goal", [offer]).some(({ config }) => config.tiers.length > 0);
  return takesOffItems(offer) || offer.reward !== null || hasTiers;
}
