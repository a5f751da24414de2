import type { Refusal } from "../../shape/field.ts";
import { oneOf, type VariantOf } from "../../shape/one-of.ts";
import { amountOffReward } from "./amount-off.ts";
import { creditAmountReward, creditPercentReward } from "./credit.ts";
import { freeShippingReward } from "./free-shipping.ts";
import { giftReward } from "./gift.ts";
import { giftPercentReward } from "./gift-percent.ts";
import { percentReward } from "./percent.ts";
import { fixedPriceReward } from "./fixed-price.ts";

/** What an offer can give, one file each. */
export const REWARDS = {
  percent: percentReward,
  "amount-off": amountOffReward,
  "fixed-price": fixedPriceReward,
  "free-shipping": freeShippingReward,
  "credit-percent": creditPercentReward,
  "credit-amount": creditAmountReward,
} as const;

export type RewardKind = keyof typeof REWARDS;

/** One reward with its arguments: `{ kind: "percent", basisPoints: 1000 }`. */
export type Reward = VariantOf<"kind", typeof REWARDS>;

const CREDITS = ["credit-percent", "credit-amount"] as const;
/** Kinds of what is given after the order, as store credit: no price changes. */
export const CREDIT_KINDS: readonly string[] = CREDITS;
export type CreditReward = Extract<Reward, { kind: (typeof CREDITS)[number] }>;

/** Whether a reward is given after the order, as store credit. */
export function isCredit(given: Reward | null): given is CreditReward {
  return given !== null && CREDIT_KINDS.includes(given.kind);
}

/** A reward, as it is stored and sent. */
export const reward = oneOf("kind", REWARDS, { default: "percent" });

/** Rewards that are taken off the price of a unit. */
const UNIT_REWARDS = {
  percent: percentReward,
  "amount-off": amountOffReward,
  "fixed-price": fixedPriceReward,
} as const;
export type UnitReward = VariantOf<"kind", typeof UNIT_REWARDS>;
export const unitReward = oneOf("kind", UNIT_REWARDS, { default: "percent" });

/** Rewards of a unit that is got because others are bought: as {@link unitReward}, and it may be free. */
const GOT_REWARDS = { ...UNIT_REWARDS, percent: giftPercentReward } as const;
export const gotReward = oneOf("kind", GOT_REWARDS, { default: "percent" });

/** Rewards of a group of units: off each of them, or what the group costs. */
const GROUP_REWARDS = { percent: percentReward, "fixed-price": fixedPriceReward } as const;
export const groupReward = oneOf("kind", GROUP_REWARDS, { default: "percent" });

/** Rewards of an order that has reached an amount: off the order, or a product beside it. */
const TIER_REWARDS = { percent: percentReward, "amount-off": amountOffReward, gift: giftReward } as const;
export type TierReward = VariantOf<"kind", typeof TIER_REWARDS>;
export const tierReward = oneOf("kind", TIER_REWARDS, { default: "percent" });

/** What keeps a reward from being given: no amount for any currency. */
export function rewardRefusals(given: Reward | TierReward): Refusal[] {
  const isEmpty = "amounts" in given && Object.keys(given.amounts).length === 0;
  return isEmpty ? [{ path: "amounts", code: "no-amount" }] : [];
}
