import { encodeProductRules } from "../../../pricing/rules.ts";
import { LARGEST_HEAD, RULES_BYTES } from "../../../publishing/limits.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { integer } from "../../../shape/values.ts";
import { SET_SIZE } from "../../../shoppers/list-lengths.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import type { Reward } from "../../rewards/rewards.ts";

const config = shape({
  /** How many companions the set shows. */
  setSize: integer({ default: SET_SIZE, min: 1, max: SET_SIZE }),
});
export type BoughtTogetherConfig = ShapeValue<typeof config>;

/**
 * Whether the discount Function is given the reward of a whole set. Amounts in many currencies may be too much for it.
 */
function fits({ setSize }: BoughtTogetherConfig, reward: Reward | null): boolean {
  if (reward?.kind !== "amount-off" && reward?.kind !== "fixed-price") return true;
  const listed = Array.from({ length: setSize }, (_, n) => String(Number.MAX_SAFE_INTEGER - n * 2 ** 50));
  const rules = { type: "bought-together", ...LARGEST_HEAD, reward, listed } as const;
  return (encodeProductRules([rules])?.length ?? 0) <= RULES_BYTES;
}

/** Products with the companions that orders support, with or without a discount on the set. */
export const boughtTogether: OfferType<BoughtTogetherConfig> = {
  name: "bought-together",
  configVersion: 1,
  config,
  surfaces: ["product", "checkout", "thank-you"],
  conditions: PRODUCT_CONDITIONS,
  rewards: ["percent", "amount-off", "fixed-price"],
  modes: ["automatic", "review", "manual"],
  refusals: ({ config: given, reward }) => (fits(given, reward) ? [] : [{ path: "reward.amounts", code: "too-much" }]),
  missing: () => [],
};
