import type { Refusal } from "../../../shape/field.ts";
import { encodeProductRules } from "../../../pricing/rules.ts";
import { LARGEST_HEAD, RULES_BYTES } from "../../../publishing/limits.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { list } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { choice, integer } from "../../../shape/values.ts";
import { PRODUCT_CONDITIONS } from "../../conditions/conditions.ts";
import type { OfferType } from "../../offer-type.ts";
import { DISCOUNT_CONDITION_NAMES } from "../../shopper-conditions/shopper-conditions.ts";
import { rewardRefusals, unitReward } from "../../rewards/rewards.ts";

const MOST_TIERS = 6;
const LARGEST_QUANTITY = 1_000;

const tier = shape({
  /** From how many units on. */
  quantity: integer({ default: 2, min: 2, max: LARGEST_QUANTITY }),
  /** What each of the units gets. */
  reward: unitReward,
});
export type Tier = ShapeValue<typeof tier>;

const config = shape(
  {
    tiers: list(tier, { most: MOST_TIERS }),
    /** Whether the units of all variants of a product count together, or those of each variant apart. */
    variants: choice(["together", "apart"]),
  },
  ({ tiers, variants }) => {
    const refusals = refusalsOf(
      ...tiers.map((one, place) => () => tierRefusals(one, tiers[place - 1] ?? null, `tiers.${place}`)),
    );
    return refusals.length > 0 || fits(tiers, variants === "together")
      ? refusals
      : [{ path: "tiers", code: "too-much" }];
  },
);
export type QuantityBreaksConfig = ShapeValue<typeof config>;

/** Whether the discount Function is given all tiers: tiers with amounts in many currencies may be too much for it. */
function fits(tiers: readonly Tier[], together: boolean): boolean {
  const largest = { ...LARGEST_HEAD, type: "quantity-breaks", together } as const;
  const rules = tiers.map(({ quantity, reward }) => ({ least: quantity, reward }));
  return (encodeProductRules([{ ...largest, tiers: rules }])?.length ?? 0) <= RULES_BYTES;
}

/** A tier asks for more units than the one before it, gives the same kind of reward, and never a smaller one. */
function tierRefusals(tier: Tier, before: Tier | null, path: string): Refusal[] {
  const empty = rewardRefusals(tier.reward).map((refusal) => ({ ...refusal, path: `${path}.reward.${refusal.path}` }));
  if (before === null || empty.length > 0) return empty;
  if (tier.quantity <= before.quantity) return [{ path: `${path}.quantity`, code: "not-rising" }];
  if (tier.reward.kind !== before.reward.kind) return [{ path: `${path}.reward.kind`, code: "not-as-before" }];
  return isSmaller(tier.reward, before.reward) ? [{ path: `${path}.reward`, code: "rises-in-price" }] : [];
}

function isSmaller(reward: Tier["reward"], before: Tier["reward"]): boolean {
  if (reward.kind === "percent" || before.kind === "percent") {
    return reward.kind === "percent" && before.kind === "percent" && reward.basisPoints < before.basisPoints;
  }
  return Object.entries(before.amounts).some(([currency, amount]) => {
    const given = reward.amounts[currency];
    return given === undefined || (reward.kind === "amount-off" ? given < amount : given > amount);
  });
}

/** The more units of a product, the less each of them costs. */
export const quantityBreaks: OfferType<QuantityBreaksConfig> = {
  name: "quantity-breaks",
  configVersion: 1,
  config,
  surfaces: ["product"],
  conditions: PRODUCT_CONDITIONS,
  shoppers: DISCOUNT_CONDITION_NAMES,
  rewards: [],
  modes: ["manual"],
  missing: ({ tiers }) => (tiers.length === 0 ? [{ path: "tiers", code: "too-few", limit: 1 }] : []),
};
