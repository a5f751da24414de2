import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS } from "../time/day.ts";
import { costOfPeriod, goodsShareOf, returnOnInvestment } from "./roi.ts";

const inputs = {
  earnedMinor: 90_000,
  withinMinor: 10_000,
  discountMinor: 15_000,
  shippingMinor: 4_000,
  creditMinor: 2_000,
  goodsShare: 0.4,
  monthlyMinor: 5_000,
};

test("is what was added less what it cost, over what it cost", () => {
  // Added 100,000; costs 15,000 + 4,000 + 2,000 + 36,000 + 5,000 = 62,000.
  const roi = returnOnInvestment(inputs);
  expect(roi).toMatchObject({ addedMinor: 100_000, goodsMinor: 36_000, costMinor: 62_000, missing: [] });
  expect(roi.ratio).toBeCloseTo(38 / 62, 12);
});

test("is not known over a cost that is not known, and names it", () => {
  for (const [change, missing] of [
    [{ discountMinor: null, shippingMinor: null }, ["discounts"]],
    [{ shippingMinor: null }, ["discounts"]],
    [{ goodsShare: null, monthlyMinor: null }, ["goods", "monthly"]],
  ] as const) {
    expect(returnOnInvestment({ ...inputs, ...change })).toMatchObject({ ratio: null, costMinor: null, missing });
  }
  const none = { withinMinor: 0, discountMinor: 0, shippingMinor: 0, creditMinor: 0, goodsShare: 0, monthlyMinor: 0 };
  const free = { earnedMinor: 5, ...none };
  expect(returnOnInvestment(free)).toMatchObject({ ratio: null, costMinor: 0, missing: [] });
  expect(returnOnInvestment({ ...inputs, earnedMinor: -1, goodsShare: null }).goodsMinor).toBe(0);
});

test("never falls where more was earned at the same costs", () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 });
  const earned = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const law = fc.property(
    ...[earned, earned, amount, amount, amount, fc.integer({ min: 0, max: 100 })],
    (a, b, within, more, monthlyMinor, percent) => {
      const discounts = { withinMinor: within, discountMinor: within, shippingMinor: more + 1, creditMinor: more };
      const costs = { ...discounts, goodsShare: percent / 100, monthlyMinor };
      const ratio = (earnedMinor: number) => returnOnInvestment({ ...costs, earnedMinor }).ratio!;
      // Goods are counted in whole units of money.
      expect(ratio(Math.max(a, b))).toBeGreaterThanOrEqual(ratio(Math.min(a, b)) - 1e-3);
    },
  );
  fc.assert(law);
});

test("takes the stated margin for goods without a cost, and for nothing else", () => {
  const goods = { earnedMinor: 1_000, knownMinor: 300, unknownEarnedMinor: 400, unknownLines: 2 };
  expect(goodsShareOf(goods, 75)).toBeCloseTo(0.4, 12);
  expect(goodsShareOf(goods, null)).toBeNull();
  expect(goodsShareOf({ ...goods, unknownLines: 0, unknownEarnedMinor: 0 }, 75)).toBe(0.3);
  const none = { earnedMinor: 0, knownMinor: 0, unknownEarnedMinor: 0, unknownLines: 0 };
  expect([goodsShareOf(none, 60), goodsShareOf(none, null)]).toEqual([0.4, null]);
});

test("a year has twelve months of costs", () => {
  expect(costOfPeriod(1_000, 365.25 * DAY_MS)).toBe(12_000);
  expect(costOfPeriod(3_000, 30 * DAY_MS)).toBe(2_957);
});
