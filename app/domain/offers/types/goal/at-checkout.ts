import { type BareId, bareNumber } from "../../../ids.ts";
import { isGoalGoodFor } from "../../../pricing/goal-basis.ts";
import type { PublishedEntry, UnreadEntry } from "../../../publishing/entry.ts";
import { entriesOfType } from "../../../publishing/envelope.ts";
import { amountsByCurrency, isBareId, list, record } from "../../../publishing/read-json.ts";
import {
  checkedAmounts,
  gapIn,
  giftsOf,
  type GoalAmounts,
  type GoalPlaces,
  type GoalTerms,
  places,
  placesIn,
  TYPE,
} from "./published.ts";
import type { GoalTier } from "./tiers.ts";

/** What checkout reads of a goal. */
export interface PublishedGoal extends PublishedEntry, GoalPlaces {
  readonly type: typeof TYPE;
  /** From where on shipping is free; empty where it is not for this goal to say. */
  readonly goal: GoalAmounts;
  /** Numbers of products that it gives free, which never count; absent for none. */
  readonly gifts?: readonly BareId[];
  /** What else it gives; absent for nothing, and in entries of earlier releases. */
  readonly tiers?: readonly TierAtCheckout[];
  /** How much more than what is missing may be proposed, in percent of the cart; absent where nothing is proposed. */
  readonly gap?: number;
}

/** A tier beside free shipping. Amounts are minor units by currency. */
type TierAtCheckout = { readonly from: GoalAmounts } & (
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "amount-off"; readonly off: GoalAmounts }
  | { readonly kind: "gift"; readonly product: BareId }
);

/** The entry of the checkout's envelope. Throws for an amount that is not a positive integer. */
export function checkoutEntry(id: string, { amounts, countries, tiers = [], gap = null }: GoalTerms): PublishedGoal {
  const gifts = giftsOf(tiers).map(bareNumber);
  const shown = tiers.flatMap((tier) => tierAtCheckout(tier) ?? []);
  return {
    ...{ type: TYPE, id, goal: checkedAmounts(amounts), ...places(countries) },
    ...(gifts.length === 0 ? {} : { gifts }),
    ...(shown.length === 0 ? {} : { tiers: shown }),
    ...(gap === null ? {} : { gap }),
  };
}

/** Null for a gift that is not chosen yet. */
function tierAtCheckout({ from: given, reward }: GoalTier): TierAtCheckout | null {
  const from = checkedAmounts(given);
  if (reward.kind === "percent") return { from, kind: "percent", percent: reward.basisPoints / 100 };
  if (reward.kind === "amount-off") return { from, kind: "amount-off", off: checkedAmounts(reward.amounts) };
  const [product] = reward.product;
  return product === undefined ? null : { from, kind: "gift", product: bareNumber(product) };
}

/** The readable goals in the checkout's envelope. */
export function goalsAtCheckout(offers: readonly UnreadEntry[]): PublishedGoal[] {
  return entriesOfType(offers, TYPE, ({ id, goal, countries, gifts, tiers, gap }): PublishedGoal | null => {
    const amounts = amountsByCurrency(goal) ?? {};
    const free = list(gifts).filter(isBareId);
    const further = list(tiers).flatMap((tier) => tierIn(tier) ?? []);
    if (Object.keys(amounts).length === 0 && further.length === 0) return null;
    return {
      ...{ type: TYPE, id, goal: amounts, ...placesIn(countries) },
      ...(free.length === 0 ? {} : { gifts: free }),
      ...(further.length === 0 ? {} : { tiers: further }),
      ...gapIn(gap),
    };
  });
}

/** Null for a tier that is not understood. */
function tierIn(value: unknown): TierAtCheckout | null {
  const tier = record(value);
  const from = amountsByCurrency(tier?.from);
  if (tier === null || from === null) return null;
  const { kind, percent, product } = tier;
  if (kind === "percent" && typeof percent === "number" && percent > 0 && percent <= 100)
    return { from, kind, percent };
  if (kind === "gift" && isBareId(product)) return { from, kind, product };
  const off = kind === "amount-off" ? amountsByCurrency(tier.off) : null;
  return off && { from, kind: "amount-off", off };
}

/** What a cart can reach, in minor units of its currency. */
export type CartReward = {
  /** Of the offer that gives it. */
  readonly id: string;
  readonly fromMinor: number;
  /** As in {@link PublishedGoal}; null where nothing is proposed. */
  readonly gap: number | null;
} & (
  | { readonly kind: "ships" }
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "amount-off"; readonly offMinor: number }
  | { readonly kind: "gift"; readonly product: BareId }
);

/** The rewards of a cart, the lowest amount first, and the products that never count. */
export interface CartRewards {
  readonly rewards: readonly CartReward[];
  readonly gifts: ReadonlySet<BareId>;
}

/**
 * What a cart can reach by the shop's goals: free shipping from the lowest amount that is good in the buyer's country,
 * which checkout grants first, and all other tiers with an amount in the cart's currency. A gift of several goals is given
 * once, from the lowest amount on. A null country is one that is not known.
 */
export function rewardsOfCart(
  offers: readonly UnreadEntry[],
  { currency, country }: { readonly currency: string; readonly country: string | null },
): CartRewards {
  const goals = goalsAtCheckout(offers);
  const rewards = goals
    .flatMap((goal): CartReward[] => [
      ...shippingIn(goal, currency, country),
      ...(goal.tiers ?? []).flatMap((tier) => rewardIn(goal, tier, currency) ?? []),
    ])
    .toSorted((a, b) => a.fromMinor - b.fromMinor || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
  const isFirst = (reward: CartReward, place: number) =>
    !rewards.slice(0, place).some((other) => isSame(reward, other));
  const gifts = [
    ...rewards.flatMap((reward) => (reward.kind === "gift" ? reward.product : [])),
    // Entries of earlier releases name gifts and no tiers.
    ...goals.flatMap(({ gifts: named = [], tiers }) => (tiers === undefined ? named : [])),
  ];
  return { rewards: rewards.filter(isFirst), gifts: new Set(gifts) };
}

/** Whether the second reward leaves nothing for the first to give. */
function isSame(reward: CartReward, before: CartReward): boolean {
  if (reward.kind === "gift") return before.kind === "gift" && before.product === reward.product;
  return reward.kind === "ships" && before.kind === "ships";
}

function shippingIn(
  { id, goal, countries, gap }: PublishedGoal,
  currency: string,
  country: string | null,
): CartReward[] {
  const fromMinor = isGoalGoodFor(countries ?? null, country) ? goal[currency] : undefined;
  return fromMinor === undefined ? [] : [{ id, fromMinor, gap: gap ?? null, kind: "ships" }];
}

function rewardIn({ id, gap }: PublishedGoal, tier: TierAtCheckout, currency: string): CartReward | null {
  const fromMinor = tier.from[currency];
  if (fromMinor === undefined) return null;
  const head = { id, fromMinor, gap: gap ?? null };
  if (tier.kind === "percent") return { ...head, kind: tier.kind, percent: tier.percent };
  if (tier.kind === "gift") return { ...head, kind: tier.kind, product: tier.product };
  const offMinor = tier.off[currency];
  return offMinor === undefined ? null : { ...head, kind: tier.kind, offMinor };
}
