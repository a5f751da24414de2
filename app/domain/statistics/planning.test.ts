import fc from "fast-check";
import { expect, test } from "vitest";
import { pastSpending } from "../../../test/fixtures/simulated-experiments.ts";
import { capped, LEAST_PAST_BUYERS, spendCap } from "./capped-values.ts";
import { buyerTraffic, daysToDetect, detectableDifference } from "./detectable-difference.ts";
import { isSplitWrong, sampleRatioPValue } from "./sample-ratio.ts";

const HALVES = { controlShare: 0.5, variantShare: 0.5, alpha: 0.05, power: 0.8 };

test("calls 51 to 49 of 100,000 visitors a wrong split, and 50 to 50 a right one", () => {
  expect(isSplitWrong([51_000, 49_000], [1, 1])).toBe(true);
  expect(isSplitWrong([50_000, 50_000], [1, 1])).toBe(false);
  expect(isSplitWrong([50_300, 49_700], [1, 1])).toBe(false);
  expect(sampleRatioPValue([51_000, 49_000], [1, 1])).toBeCloseTo(2.54e-10, 12);
});

test("compares the split with the planned weights", () => {
  expect(sampleRatioPValue([9_500, 500], [95, 5])).toBe(1);
  expect(isSplitWrong([9_300, 700], [95, 5])).toBe(true);
  expect(isSplitWrong([5_000, 5_000, 5_600], [1, 1, 1])).toBe(true);
  expect(sampleRatioPValue([0, 0], [1, 1])).toBe(1);
  expect(sampleRatioPValue([10], [1])).toBe(1);
});

test("has the split's p-value near the exact one of the binomial distribution", () => {
  // Two-sided, exact: twice the upper tail of 60 or more of 100, with half the weight of 60 itself (mid-p).
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
  const term = (k: number) => choose(100, k) / 2 ** 100;
  let tail = term(60) / 2;
  for (let k = 61; k <= 100; k++) tail += term(k);
  expect(sampleRatioPValue([60, 40], [1, 1])).toBeCloseTo(2 * tail, 2);
});

test("caps at the 99th percentile of past buyers, and not at all with few of them", () => {
  const spent = Array.from({ length: 1000 }, (_, n) => 1000 - n);
  expect(spendCap(spent)).toBe(990);
  expect(spendCap(spent.slice(0, LEAST_PAST_BUYERS - 1))).toBeNull();
  expect(capped(5000, 990)).toBe(990);
  expect(capped(980, 990)).toBe(980);
  expect(capped(5000, null)).toBe(5000);
});

test("plans days and detectable differences as each other's inverse, shorter with more buyers", () => {
  const buyers = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(buyers, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 }), (spent, past, days) => {
      const traffic = buyerTraffic(pastSpending(spent, past, null))!;
      const difference = detectableDifference(traffic, HALVES, days);
      expect(daysToDetect(traffic, HALVES, difference) / days).toBeCloseTo(1, 9);
      const twice = buyerTraffic(pastSpending([...spent, ...spent], past, null))!;
      expect((2 * daysToDetect(twice, HALVES, difference)) / days).toBeCloseTo(1, 9);
      expect(traffic.spread).toBeGreaterThan(1 - 1e-9);
    }),
  );
  expect(buyerTraffic({ buyers: 0, days: 28, mean: 0, meanSquare: 0 })).toBeNull();
  expect(buyerTraffic({ buyers: 2, days: 0, mean: 1, meanSquare: 1 })).toBeNull();
  expect(buyerTraffic(pastSpending([0, 0], 28, null))).toBeNull();
});

test("needs the 16 units per arm of the usual rule of thumb", () => {
  // n per arm = 16 (standard deviation / difference)² for a power of 80 % at 5 % (van Belle, Statistical Rules of Thumb).
  const traffic = { buyersPerDay: 2, spread: 1 };
  expect(daysToDetect(traffic, HALVES, 0.01) * 0.01 ** 2).toBeCloseTo(15.7, 0);
});
