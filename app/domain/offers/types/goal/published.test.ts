import { expect, test } from "vitest";
import { checkoutText, parseCheckout, parseStorefront, storefrontText } from "../../../publishing/shop-envelopes.ts";
import { checkoutEntry, goalAtCheckout, goalOnStorefront, storefrontEntry } from "./published.ts";

const GOAL = { USD: 7500, JPY: 8000, KWD: 25_500 };
const onStorefront = (value: unknown) => goalOnStorefront(parseStorefront(value)?.offers ?? []);
const atCheckout = (value: unknown) => goalAtCheckout(parseCheckout(value)?.offers ?? []);

test("a goal reaches Liquid in hundredths and checkout in minor units", () => {
  const storefront = storefrontText({ enabled: true, offers: [storefrontEntry("goal-1", GOAL)] });
  expect(onStorefront(storefront)).toEqual({
    ...{ type: "goal", id: "goal-1", goalMinor: GOAL },
    goal: { USD: 7500, JPY: 800_000, KWD: 2550 },
  });
  const checkout = checkoutText({ offers: [checkoutEntry("goal-1", GOAL)], history: false });
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
    checkoutEntry("goal-2", { USD: 1 }),
  ];
  expect(atCheckout({ version: 2, offers })).toEqual({ type: "goal", id: "goal-2", goal: { USD: 1 } });
});

test("an amount that is no positive integer is refused", () => {
  expect(() => checkoutEntry("goal-1", { USD: 0 })).toThrow("Not a goal amount");
  expect(() => storefrontEntry("goal-1", { USD: 10.5 })).toThrow("Not an integer amount");
});

test("the same goal gives the same text whatever the order of currencies", () =>
  expect(JSON.stringify(checkoutEntry("goal-1", { USD: 1, EUR: 2 }))).toBe(
    JSON.stringify(checkoutEntry("goal-1", { EUR: 2, USD: 1 })),
  ));
