import { creditTermsOf } from "../../rewards/credit-terms.ts";
import { isCredit } from "../../rewards/rewards.ts";
import type { Offer } from "../../offer.ts";
import type { BoughtTogetherConfig } from "./config.ts";
import type { PublishedSetReward } from "./published.ts";

/** A bought-together offer of the shop: on every product to which its conditions apply. */
export type BoughtTogetherOffer = Offer<BoughtTogetherConfig>;

/** What the offer takes off each unit, in basis points; 0 for nothing. */
export function discountOf({ reward }: Pick<BoughtTogetherOffer, "reward">): number {
  return reward?.kind === "percent" ? reward.basisPoints : 0;
}

/**
 * What the offer gives a whole set; null where it gives nothing, or a share of each unit. Nothing that our discount has to
 * give where that is not active; store credit all the same.
 */
export function setRewardOf(
  { reward, config }: Pick<BoughtTogetherOffer, "reward" | "config">,
  discountIsActive = true,
): PublishedSetReward | null {
  if (isCredit(reward)) return creditTermsOf(reward);
  if (!discountIsActive) return null;
  if (reward?.kind === "free-shipping") return { ...reward, countries: config.countries };
  return reward?.kind === "amount-off" || reward?.kind === "fixed-price" ? reward : null;
}
