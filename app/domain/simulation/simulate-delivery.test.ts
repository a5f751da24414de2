import { expect, test } from "vitest";
import { encodeShopRules, type GoalRules } from "../pricing/rules.ts";
import { type DeliveryToSimulate, simulateDelivery } from "./simulate-delivery.ts";

const goal = (changes: Partial<GoalRules> = {}): GoalRules => ({
  ...{ type: "goal", number: 1, priority: 0, amounts: { USD: 5_000, JPY: 8_000, KWD: 15_000 }, countries: null },
  ...{ localDelivery: false, pickUp: false, ...changes },
});
const simulated = (rules: GoalRules, changes: Partial<DeliveryToSimulate> = {}) =>
  simulateDelivery({
    ...{ currency: "USD", country: "US", method: "SHIPPING", lines: [{ requiresShipping: true, totalMinor: 4_990 }] },
    ...{
      shopRules: encodeShopRules([rules]),
      rules: new Map(),
      offers: [{ number: 1, type: "goal", rules }],
      ...changes,
    },
  });
const outcome = (rules: GoalRules, changes: Partial<DeliveryToSimulate> = {}) =>
  simulated(rules, changes).outcomes.get(1);
const lines = [{ requiresShipping: true, totalMinor: 5_000 }];

test("says that delivery is free, and by which offer", () => {
  expect(simulated(goal(), { lines })).toEqual({ free: true, outcomes: new Map([[1, { code: "free-delivery" }]]) });
});

test.each([
  ["USD", 10],
  ["JPY", 3_010],
  ["KWD", 10_010],
])("says to the smallest unit of %s what is missing", (currency, missingMinor) => {
  expect(outcome(goal(), { currency })).toEqual({ code: "amount-missing", missingMinor });
});

test("says why an amount that suffices does not make delivery free", () => {
  expect(outcome(goal(), { currency: "EUR", lines })).toEqual({
    ...{ code: "other-currencies", currencies: ["JPY", "KWD", "USD"] },
  });
  expect(outcome(goal({ countries: ["CA"] }), { lines })).toEqual({ code: "other-countries", countries: ["CA"] });
  expect(outcome(goal({ countries: ["US"] }), { lines, country: null })).toMatchObject({ code: "other-countries" });
  expect(outcome(goal(), { lines, method: "PICK_UP" })).toEqual({ code: "other-method" });
  expect(outcome(goal({ pickUp: true }), { lines, method: "PICK_UP" })).toEqual({ code: "free-delivery" });
  expect(outcome(goal(), { lines: [{ requiresShipping: false, totalMinor: 9_000 }] })).toEqual({
    code: "nothing-ships",
  });
  expect(outcome(goal(), { lines, shopRules: encodeShopRules([]) })).toEqual({ code: "stopped" });
});
