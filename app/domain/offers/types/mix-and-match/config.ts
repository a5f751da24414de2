import { encodeProductRules } from "../../../pricing/rules.ts";
import { LARGEST_HEAD, RULES_BYTES } from "../../../publishing/limits.ts";
import type { Refusal } from "../../../shape/field.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer } from "../../../shape/values.ts";
import type { OfferType } from "../../offer-type.ts";
import { DISCOUNT_CONDITION_NAMES } from "../../shopper-conditions/shopper-conditions.ts";
import { groupReward, rewardRefusals } from "../../rewards/rewards.ts";

/** Most units of a group. */
export const MOST_CHOSEN = 24;

const config = shape(
  {
    /** Units of a group; which products they may be of is what the conditions say. One may come several times. */
    choose: integer({ default: 3, min: 2, max: MOST_CHOSEN }),
    /** Off each unit of a group, or the price of a whole group. */
    reward: groupReward,
  },
  (config): Refusal[] => {
    const refusals = rewardRefusals(config.reward).map((one) => ({ ...one, path: `reward.${one.path}` }));
    return refusals.length > 0 || fits(config.reward, config.choose)
      ? refusals
      : [{ path: "reward", code: "too-much" }];
  },
);
export type MixAndMatchConfig = ShapeValue<typeof config>;

/** Whether the discount Function is given the reward: prices in many currencies may be too much for it. */
function fits(reward: MixAndMatchConfig["reward"], choose: number): boolean {
  const rules = { type: "mix-and-match", ...LARGEST_HEAD, choose, reward } as const;
  return (encodeProductRules([rules])?.length ?? 0) <= RULES_BYTES;
}

/** Any so many units of some products cost less together: "choose 3 for $50". */
export const mixAndMatch: OfferType<MixAndMatchConfig> = {
  name: "mix-and-match",
  configVersion: 1,
  config,
  surfaces: ["product"],
  // Pages list what can be chosen: only these two say which products that is.
  conditions: ["products", "collections"],
  needsConditions: true,
  shoppers: DISCOUNT_CONDITION_NAMES,
  rewards: [],
  modes: ["manual"],
  missing: () => [],
};
