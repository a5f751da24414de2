import type { BoughtTogetherRules } from "../../../pricing/rules.ts";
import { STORE_CREDIT } from "../../../store-credit/terms.ts";
import { listedProducts, type PublishedOffer } from "./published.ts";

/**
 * What the discount Function reads of a published bought-together offer. Offers of the release before have neither number
 * nor priority: 0.
 */
export function boughtTogetherRules(
  offer: PublishedOffer,
  { number, priority }: { readonly number: number; readonly priority: number } = { number: 0, priority: 0 },
): BoughtTogetherRules {
  const { setReward, discountBasisPoints } = offer;
  const isPriced = setReward !== undefined && setReward.kind !== STORE_CREDIT;
  return {
    type: "bought-together",
    number,
    priority,
    reward: isPriced ? setReward : { kind: "percent", basisPoints: discountBasisPoints },
    listed: listedProducts(offer),
  };
}
