import fc from "fast-check";
import { expect, test } from "vitest";
import { shippingGoal } from "./shipping-goal.ts";

const ships = (totalMinor: number) => ({ totalMinor, requiresShipping: true });
const stays = (totalMinor: number) => ({ totalMinor, requiresShipping: false });

test.each([
  ["is reached at the goal", [ships(5000), ships(2500)], "reached"],
  ["is missed by one unit below it", [ships(7499)], "progress"],
  ["does not count what is never sent", [ships(2500), stays(10_000)], "progress"],
  ["means nothing to a cart that does not ship", [stays(10_000)], "not-eligible"],
  ["is ahead of an empty cart", [], "empty"],
])("the goal %s", (_, lines, code) => {
  expect(shippingGoal({ currency: "USD", lines }, { USD: 7500 })?.code).toBe(code);
});

test("never converts a goal to a currency that has none", () => {
  expect(shippingGoal({ currency: "EUR", lines: [ships(1_000_000)] }, { USD: 7500 })).toBeNull();
  expect(shippingGoal({ currency: "USD", lines: [ships(1_000_000)] }, null)).toBeNull();
});

test("says how much is missing, and never that it is reached when it is not", () =>
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (total, goal) => {
      const state = shippingGoal({ currency: "JPY", lines: [ships(total)] }, { JPY: goal })!;
      expect(state.code).toBe(total >= goal ? "reached" : "progress");
      if (state.code !== "progress") return;
      expect(state.remaining.amountMinor).toBe(goal - total);
      expect(state.basisPoints).toBeLessThan(10_000);
    }),
  ));
