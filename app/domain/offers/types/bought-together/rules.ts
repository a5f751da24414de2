import type { BoughtTogetherRules } from "../../../pricing/rules.ts";
import { listedProducts, type PublishedOffer } from "./published.ts";

/**
 * What the discount Function reads of a published bought-together offer. Offers of the release before have neither number
 * nor priority: 0.
 */
export function boughtTogetherRules(
  offer: PublishedOffer,
  { number, priority }: { readonly number: number; readonly priority: number } = { number: 0, priority: 0 },
): BoughtTogetherRules {
  return {
    type: "bought-together",
    number,
    priority,
    reward: offer.setReward ?? { kind: "percent", basisPoints: offer.discountBasisPoints },
    listed: listedProducts(offer),
  };
}
