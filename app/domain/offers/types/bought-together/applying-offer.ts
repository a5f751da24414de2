import type { ConditionFacts } from "../../conditions/condition.ts";
import { conditionsHold } from "../../conditions/conditions.ts";
import type { Offer } from "../../offer.ts";
import type { BoughtTogetherConfig } from "./config.ts";

/** A bought-together offer of the shop: on every product to which its conditions apply. */
export type BoughtTogetherOffer = Offer<BoughtTogetherConfig>;

/** The offer that is shown with a product: of those that run, in their order, the first whose conditions hold for it. */
export function applyingOffer(
  running: readonly BoughtTogetherOffer[],
  facts: ConditionFacts,
): BoughtTogetherOffer | null {
  return running.find(({ conditions }) => conditionsHold(conditions, facts) === true) ?? null;
}

/** What the offer takes off each unit; 0 for nothing. */
export function discountOf({ reward }: Pick<BoughtTogetherOffer, "reward">): number {
  return reward?.kind === "percent" ? reward.basisPoints : 0;
}
