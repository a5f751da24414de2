import { bareNumber } from "../../../ids.ts";
import { encodeShopRules, type ShopRules } from "../../../pricing/rules.ts";
import { LARGEST_HEAD } from "../../../publishing/limits.ts";
import type { Refusal } from "../../../shape/field.ts";
import { amounts } from "../../../shape/keyed-values.ts";
import { refusalsOf } from "../../../shape/known-parts.ts";
import { list } from "../../../shape/lists.ts";
import { shape, type ShapeValue } from "../../../shape/shape.ts";
import { LARGEST_AMOUNT } from "../../rewards/largest-amount.ts";
import { rewardRefusals, tierReward } from "../../rewards/rewards.ts";

/** Beside free shipping: with it, as many as fit on one bar of a phone. */
export const MOST_TIERS = 3;
/** Of the rules of the whole shop, which the discount Function is given with every cart. */
const MOST_BYTES = 3_000;

const tier = shape({
  /** From which worth of goods on, in minor units by currency. A currency that is absent has no such tier. */
  from: amounts({ max: LARGEST_AMOUNT }),
  /** What the order, or the shopper, gets from there on. */
  reward: tierReward,
});

/** What a goal gives beside free shipping, from an amount on. */
export type GoalTier = ShapeValue<typeof tier>;

/** Further tiers, the lowest amount first. */
export const goalTiers = list(tier, { most: MOST_TIERS });

/** What keeps tiers from being saved; paths begin with the place of a tier. */
export function tiersRefusals(tiers: readonly GoalTier[]): Refusal[] {
  const refusals = tiers.flatMap((one, place) =>
    tierRefusals(one, tiers.slice(0, place)).map((refusal) => ({ ...refusal, path: `${place}.${refusal.path}` })),
  );
  return refusals.length > 0 || fits(tiers) ? refusals : [{ path: "", code: "too-much" }];
}

/** What tiers that are no mistake still lack before they can be shown. */
export function missingOfTiers(tiers: readonly GoalTier[]): Refusal[] {
  return tiers.flatMap((tier, place) =>
    refusalsOf(
      () => (Object.keys(tier.from).length === 0 ? [{ path: `${place}.from`, code: "no-amount" }] : []),
      () =>
        tier.reward.kind === "gift" && tier.reward.product.length === 0
          ? [{ path: `${place}.reward.product`, code: "too-few", limit: 1 }]
          : [],
      () =>
        withoutAmount(tier).map((currency) => ({
          path: `${place}.reward.amounts.${currency}`,
          code: "amount-missing",
        })),
    ),
  );
}

/** Whether the discount Function is given all tiers: amounts in many currencies may be too much for it. */
function fits(tiers: readonly GoalTier[]): boolean {
  return encodeShopRules(tiers.flatMap((tier) => tierRules(tier, LARGEST_HEAD) ?? [])).length <= MOST_BYTES;
}

function tierRefusals(tier: GoalTier, before: readonly GoalTier[]): Refusal[] {
  return refusalsOf(
    () => notRising(tier.from, before),
    () => (tier.reward.kind === "gift" ? repeatedGift(tier.reward, before) : []),
    () => rewardRefusals(tier.reward).map((refusal) => ({ ...refusal, path: `reward.${refusal.path}` })),
    () => aboveAmount(tier),
    () =>
      before.some(({ reward: other }) => isNoMore(tier.reward, other))
        ? [{ path: "reward", code: "no-more-than-before" }]
        : [],
  );
}

function repeatedGift(
  { product: [product] }: GoalTier["reward"] & { kind: "gift" },
  before: readonly GoalTier[],
): Refusal[] {
  const isRepeated = before.some(({ reward: other }) => other.kind === "gift" && other.product[0] === product);
  return product !== undefined && isRepeated ? [{ path: "reward.product", code: "repeated" }] : [];
}

/** The amount of every currency is above those of the tiers before it. */
function notRising(from: GoalTier["from"], before: readonly GoalTier[]): Refusal[] {
  return Object.entries(from).flatMap(([currency, amount]) =>
    before.some((other) => (other.from[currency] ?? 0) >= amount)
      ? [{ path: `from.${currency}`, code: "not-above-before" }]
      : [],
  );
}

/** Less is taken off than has to be reached. */
function aboveAmount({ from, reward }: GoalTier): Refusal[] {
  if (reward.kind !== "amount-off") return [];
  return Object.entries(reward.amounts).flatMap(([currency, amount]) =>
    amount >= (from[currency] ?? Infinity) ? [{ path: `reward.amounts.${currency}`, code: "above-amount" }] : [],
  );
}

/** Currencies that a tier has an amount to reach in, and none to take off. */
function withoutAmount({ from, reward }: GoalTier): string[] {
  if (reward.kind !== "amount-off" || Object.keys(reward.amounts).length === 0) return [];
  return Object.keys(from).filter((currency) => !Object.hasOwn(reward.amounts, currency));
}

/** Whether a discount on the order gives no more than the same kind of one at a lower amount. */
function isNoMore(reward: GoalTier["reward"], before: GoalTier["reward"]): boolean {
  if (reward.kind === "percent") return before.kind === "percent" && reward.basisPoints <= before.basisPoints;
  if (reward.kind !== "amount-off" || before.kind !== "amount-off") return false;
  return Object.entries(before.amounts).some(([currency, amount]) => (reward.amounts[currency] ?? Infinity) <= amount);
}

/** What the discount Function reads of a tier beside free shipping; null for a gift that is not chosen yet. */
export function tierRules(
  { from: amounts, reward }: GoalTier,
  { number, priority }: { readonly number: number; readonly priority: number },
): ShopRules | null {
  const head = { number, priority, amounts };
  if (reward.kind !== "gift") return { type: "order-reward", ...head, reward };
  const [product] = reward.product;
  return product === undefined ? null : { type: "gift", ...head, product: bareNumber(product) };
}
