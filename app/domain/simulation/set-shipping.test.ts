import { expect, test } from "vitest";
import { encodeProductRules, encodeShopRules, type BoughtTogetherRules } from "../pricing/rules.ts";
import { setShippingOutcomes, type SetsToShip } from "./set-shipping.ts";

const set = (changes: Partial<BoughtTogetherRules> = {}): BoughtTogetherRules => ({
  ...{ type: "bought-together", number: 4, priority: 100, listed: ["2", "3"] },
  ...{ reward: { kind: "free-shipping", countries: null }, ...changes },
});
const line = (product: string, changes = {}) => ({
  ...{ id: `line ${product}`, product, variant: null, quantity: 1, unitPriceMinor: 500, subscription: false },
  ...{ requiresShipping: true, ...changes },
});
const WHOLE = [line("1"), line("2"), line("3")];

function outcome(rules: BoughtTogetherRules, changes: Partial<SetsToShip> = {}) {
  return setShippingOutcomes({
    ...{ currency: "USD", country: "US", method: "SHIPPING", lines: WHOLE, shopRules: encodeShopRules([]) },
    rules: new Map([["1", encodeProductRules([rules])!]]),
    offers: [{ number: 4, type: "bought-together", rules: new Map([["1", rules]]), adds: [] }],
    ...changes,
  }).get(4);
}

test("a whole set ships for free", () => {
  expect(outcome(set())).toEqual({ code: "free-delivery" });
});

test("a set that is not whole names what is missing, of the set that misses least", () => {
  expect(outcome(set(), { lines: [line("1"), line("3")] })).toEqual({ code: "products-missing", products: ["2"] });
});

test("a set of which something is bought on a selling plan is not whole", () => {
  const lines = [line("1"), line("2", { subscription: true }), line("3")];
  expect(outcome(set(), { lines })).toEqual({ code: "subscriptions-only" });
});

test("a set in another country, or to be collected, does not ship for free, whole or not", () => {
  const reward = { kind: "free-shipping", countries: ["CA", "JP"] } as const;
  expect(outcome(set({ reward }))).toEqual({ code: "other-countries", countries: ["CA", "JP"] });
  expect(outcome(set({ reward }), { lines: [line("1")] })).toMatchObject({ code: "other-countries" });
  expect(outcome(set({ reward }), { country: "JP" })).toEqual({ code: "free-delivery" });
  expect(outcome(set(), { method: "PICK_UP" })).toEqual({ code: "other-method" });
});

test("a set that the shop has stopped, or of which nothing ships, says so", () => {
  const shopRules = encodeShopRules([], [{ type: "bought-together", number: null }]);
  expect(outcome(set(), { shopRules })).toEqual({ code: "stopped" });
  const lines = [line("1", { requiresShipping: false })];
  expect(outcome(set(), { lines })).toEqual({ code: "nothing-ships" });
});
