import { expect, test } from "vitest";
import { gid } from "../../../ids.ts";
import { checkoutText, parseCheckout, parseStorefront, storefrontText } from "../../../publishing/shop-envelopes.ts";
import { checkoutEntry, goalsAtCheckout, rewardsOfCart } from "./at-checkout.ts";
import { goalOnStorefront, storefrontEntry } from "./published.ts";
import type { GoalTier } from "./tiers.ts";

const GOAL = { USD: 7500, JPY: 8000, KWD: 25_500 };
const onStorefront = (value: unknown) => goalOnStorefront(parseStorefront(value)?.offers ?? []);
const EVERYWHERE = { amounts: GOAL, countries: null };
const atCheckout = (value: unknown) => goalsAtCheckout(parseCheckout(value)?.offers ?? [])[0] ?? null;
const rewards = (value: unknown, currency = "USD", country: string | null = null) =>
  rewardsOfCart(parseCheckout(value)?.offers ?? [], { currency, country });

test("a goal reaches Liquid in hundredths and checkout in minor units", () => {
  const storefront = storefrontText({ enabled: true, offers: [storefrontEntry("goal-1", EVERYWHERE)] });
  expect(onStorefront(storefront)).toEqual({
    ...{ type: "goal", id: "goal-1", goalMinor: GOAL },
    goal: { USD: 7500, JPY: 800_000, KWD: 2550 },
  });
  const checkout = checkoutText({ offers: [checkoutEntry("goal-1", EVERYWHERE)], history: false });
  expect(atCheckout(checkout)).toEqual({ type: "goal", id: "goal-1", goal: GOAL });
});

test("a goal of version 1 is read as the goal that it was", () => {
  const goal = { USD: 7500, JPY: 800_000 };
  const goalMinor = { USD: 7500, JPY: 8000 };
  expect(onStorefront({ version: 1, enabled: true, goal, goalMinor })).toMatchObject({ goal, goalMinor });
  expect(atCheckout({ version: 1, goal: goalMinor })).toMatchObject({ goal: goalMinor });
  expect([
    onStorefront({ version: 1, enabled: true, goal: null, goalMinor: null }),
    atCheckout({ version: 1, goal: null }),
  ]).toEqual([null, null]);
});

test("a goal without a readable amount is no goal, and the next one is read", () => {
  const offers = [
    { type: "goal", id: "goal-1", goal: { usd: 5, EUR: -1, JPY: 0.5 } },
    checkoutEntry("goal-2", { amounts: { USD: 1 }, countries: null }),
  ];
  expect(atCheckout({ version: 2, offers })).toEqual({ type: "goal", id: "goal-2", goal: { USD: 1 } });
});

test("an amount that is no positive integer is refused", () => {
  expect(() => checkoutEntry("goal-1", { amounts: { USD: 0 }, countries: null })).toThrow("Not a goal amount");
  expect(() => storefrontEntry("goal-1", { amounts: { USD: 10.5 }, countries: null })).toThrow("Not an integer amount");
});

test("the same goal gives the same text whatever the order of currencies", () =>
  expect(JSON.stringify(checkoutEntry("goal-1", { amounts: { USD: 1, EUR: 2 }, countries: null }))).toBe(
    JSON.stringify(checkoutEntry("goal-1", { amounts: { EUR: 2, USD: 1 }, countries: null })),
  ));

test("at checkout the lowest goal that is good in the buyer's country counts", () => {
  const goals = [
    checkoutEntry("goal-1", { amounts: { USD: 9000, EUR: 100 }, countries: null }),
    checkoutEntry("goal-2", { amounts: { USD: 5000 }, countries: ["US", "CA"] }),
  ];
  const text = checkoutText({ offers: goals, history: false });
  const ids = (currency: string, country: string | null) =>
    rewards(text, currency, country).rewards.map(({ id }) => id);
  expect(ids("USD", "CA")).toEqual(["goal-2"]);
  expect(ids("USD", "JP")).toEqual(["goal-1"]);
  // Where nobody knows the country, only what is good everywhere is promised.
  expect(ids("USD", null)).toEqual(["goal-1"]);
  expect(ids("JPY", "CA")).toEqual([]);
  expect(goals[1]!.countries).toEqual(["CA", "US"]);
});

test("a goal whose countries cannot be read is good nowhere", () => {
  const offers = [{ type: "goal", id: "goal-1", goal: { USD: 1 }, countries: "US" }];
  expect(rewards({ version: 2, offers }, "USD", "US").rewards).toEqual([]);
});

const gift = (product: string) => ({ kind: "gift", product: [gid("Product", product)] }) as const;

test("at checkout the tiers of all goals are read in the cart's currency, and a gift is given once", () => {
  const tiers: GoalTier[] = [
    { from: { USD: 3_000, JPY: 4_000 }, reward: { kind: "percent", basisPoints: 1_250 } },
    { from: { USD: 9_000, JPY: 9_000 }, reward: { kind: "amount-off", amounts: { USD: 500 } } },
    { from: { USD: 9_500 }, reward: gift("8") },
  ];
  const goals = [
    checkoutEntry("goal-1", { amounts: { USD: 5_000 }, countries: ["US"], tiers, gap: 25 }),
    checkoutEntry("goal-2", { amounts: {}, countries: null, tiers: [{ from: { USD: 6_000 }, reward: gift("8") }] }),
  ];
  const text = checkoutText({ offers: goals, history: false });
  expect(rewards(text, "USD", "US")).toEqual({
    rewards: [
      { id: "goal-1", fromMinor: 3_000, gap: 25, kind: "percent", percent: 12.5 },
      { id: "goal-1", fromMinor: 5_000, gap: 25, kind: "ships" },
      { id: "goal-2", fromMinor: 6_000, gap: null, kind: "gift", product: "8" },
      { id: "goal-1", fromMinor: 9_000, gap: 25, kind: "amount-off", offMinor: 500 },
    ],
    gifts: new Set(["8"]),
  });
  const inJapan = rewards(text, "JPY", "JP");
  expect(inJapan.rewards.map(({ kind }) => kind)).toEqual(["percent"]);
  // A gift that has no amount in the currency counts like any other product.
  expect(inJapan.gifts.size).toBe(0);
});

test("an entry of an earlier release names gifts and no tiers: they never count", () => {
  const offers = [{ type: "goal", id: "goal-1", goal: { USD: 100 }, gifts: ["8"] }];
  expect(rewards({ version: 2, offers })).toMatchObject({ rewards: [{ kind: "ships" }], gifts: new Set(["8"]) });
});
