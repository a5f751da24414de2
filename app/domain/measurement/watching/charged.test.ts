import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeProductRules, type ProductRules } from "../../pricing/rules.ts";
import { areTooManyOvercharged, type ChargedLine, savingOf } from "./charged.ts";

const breaks = (number: number, basisPoints: number): ProductRules => ({
  ...{ type: "quantity-breaks", number, priority: 100, together: true },
  tiers: [{ least: 2, reward: { kind: "percent", basisPoints } }],
});
const rulesOf = (...rules: ProductRules[]) => new Map([["101", encodeProductRules(rules)!]]);
const line = (changes: Partial<ChargedLine> = {}): ChargedLine => ({
  ...{ id: "1", product: "101", variant: "9101", quantity: 2, unitPriceMinor: 1999, takenMinor: 400 },
  ...{ isThroughOffer: true, ...changes },
});

test("says to the smallest unit what an order was to save, and what it saved", () => {
  const order = (takenMinor: number) => ({
    ...{ currency: "USD", rules: rulesOf(breaks(7, 1000)) },
    lines: [line({ takenMinor })],
  });
  expect(savingOf(order(400))).toEqual({ promisedMinor: 400, takenMinor: 400 });
  expect(savingOf(order(399))).toEqual({ promisedMinor: 400, takenMinor: 399 });
});

test("promises nothing to fewer units, to other products and to lines that came through no offer", () => {
  const rules = rulesOf(breaks(7, 1000));
  for (const changes of [{ quantity: 1 }, { product: "102" }, { product: null }, { isThroughOffer: false }]) {
    expect(savingOf({ currency: "USD", rules, lines: [line(changes)] })).toBe(null);
  }
});

test("an offer more never lowers what an order is to save", () => {
  const percent = fc.integer({ min: 100, max: 9_000 });
  fc.assert(
    fc.property(percent, percent, fc.integer({ min: 2, max: 9 }), (one, other, quantity) => {
      const saved = (...rules: ProductRules[]) =>
        savingOf({ currency: "USD", rules: rulesOf(...rules), lines: [line({ quantity })] })!.promisedMinor;
      expect(saved(breaks(7, one), breaks(8, other))).toBeGreaterThanOrEqual(saved(breaks(7, one)));
    }),
  );
});

test("single orders are no alarm, nor one of a hundred; what happens again and again is", () => {
  expect([areTooManyOvercharged(2, 2), areTooManyOvercharged(3, 3)]).toEqual([false, true]);
  expect([areTooManyOvercharged(3, 60), areTooManyOvercharged(5, 50)]).toEqual([false, true]);
  expect([areTooManyOvercharged(10, 1000), areTooManyOvercharged(25, 1000)]).toEqual([false, true]);
});
