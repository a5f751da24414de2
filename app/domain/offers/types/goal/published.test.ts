import { expect, test } from "vitest";
import { checkoutText, parseCheckout, parseStorefront, storefrontText } from "../../../publishing/shop-envelopes.ts";
import { checkoutEntry, goalAtCheckout, goalOnStorefront, storefrontEntry } from "./published.ts";

const GOAL = { USD: 7500, JPY: 8000, KWD: 25_500 };
const onStorefront = (value: unknown) => goalOnStorefront(parseStorefront(value)?.offers ?? []);
const EVERYWHERE = { amounts: GOAL, countries: null };
const atCheckout = (value: unknown, currency = "USD", country: string | null = null) =>
  goalAtCheckout(parseCheckout(value)?.offers ?? [], { currency, country });

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
  expect(atCheckout(text, "USD", "CA")?.id).toBe("goal-2");
  expect(atCheckout(text, "USD", "JP")?.id).toBe("goal-1");
  // Where nobody knows the country, only what is good everywhere is promised.
  expect(atCheckout(text, "USD", null)?.id).toBe("goal-1");
  expect(atCheckout(text, "JPY", "CA")).toBeNull();
  expect(goals[1]!.countries).toEqual(["CA", "US"]);
});

test("a goal whose countries cannot be read is good nowhere", () => {
  const offers = [{ type: "goal", id: "goal-1", goal: { USD: 1 }, countries: "US" }];
  expect(atCheckout({ version: 2, offers }, "USD", "US")).toBeNull();
});
