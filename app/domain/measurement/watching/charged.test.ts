import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeProductRules, type ProductRules } from "../../pricing/rules.ts";
import { type ChargedLine, overchargedCurrencies, savingOf } from "./charged.ts";

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

const count = (overcharged: number, promised: number) => ({ overcharged, promised });
const isAlarm = (...of: [number, number]) => overchargedCurrencies(new Map([["USD", count(...of)]])).size > 0;

test("single orders are no alarm, nor one of a hundred; what happens again and again is", () => {
  expect([isAlarm(2, 2), isAlarm(3, 3)]).toEqual([false, true]);
  expect([isAlarm(3, 60), isAlarm(5, 50)]).toEqual([false, true]);
  expect([isAlarm(10, 1000), isAlarm(25, 1000)]).toEqual([false, true]);
});

test("orders of one currency can be too many by themselves, however many others are right", () => {
  const counts = (dollars: [number, number], yen: [number, number]) =>
    new Map([
      ["USD", count(...dollars)],
      ["JPY", count(...yen)],
    ]);
  expect(overchargedCurrencies(counts([0, 1000], [8, 8]))).toEqual(new Set(["JPY"]));
  expect(overchargedCurrencies(counts([0, 1000], [2, 2]))).toEqual(new Set());
  expect(overchargedCurrencies(counts([3, 40], [3, 20]))).toEqual(new Set(["USD", "JPY"]));
  expect(overchargedCurrencies(new Map())).toEqual(new Set());
});

test("several currencies are no more often a false alarm than one", () => {
  // By itself 4 of 44 are one at 0.1 %, and not at a third of it.
  const yen = ["JPY", count(4, 44)] as const;
  expect(overchargedCurrencies(new Map([yen]))).toEqual(new Set(["JPY"]));
  expect(overchargedCurrencies(new Map([yen, ["USD", count(0, 500)]]))).toEqual(new Set());
});
