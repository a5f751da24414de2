import type { Offer } from "../../offer.ts";
import type { BoughtTogetherConfig } from "./config.ts";

/** A bought-together offer of the shop: on every product to which its conditions apply. */
export type BoughtTogetherOffer = Offer<BoughtTogetherConfig>;

/** What the offer takes off each unit; 0 for nothing. */
export function discountOf({ reward }: Pick<BoughtTogetherOffer, "reward">): number {
  return reward?.kind === "percent" ? reward.basisPoints : 0;
}
