import chiSquareCdf from "@stdlib/stats-base-dists-chisquare-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareUpperTail } from "./chi-square.ts";
import { normalTwoTails, normalUpperQuantile, normalUpperTail } from "./normal.ts";
import { poissonLowerTail } from "./significance.ts";

test("gives the normal tails that an independent library gives", () => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 37, noNaN: true }), (z) => {
      const tail = normalUpperTail(z);
      const wanted = normalCdf(-z, 0, 1);
      expect(Math.abs(tail - wanted)).toBeLessThanOrEqual(1e-10 * wanted);
      const both = 2 * normalCdf(-Math.abs(z), 0, 1);
      expect(Math.abs(normalTwoTails(z) - both)).toBeLessThanOrEqual(1e-10 * both);
    }),
    { numRuns: 2000 },
  );
});

test("gives the normal quantiles that an independent library gives", () => {
  for (const tail of [0.001, 0.02, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999999]) {
    expect(normalUpperQuantile(tail)).toBeCloseTo(-normalQuantile(tail, 0, 1), 10);
  }
  for (const tail of [1e-300, 1e-20, 1e-9]) {
    expect(normalCdf(-normalUpperQuantile(tail), 0, 1) / tail).toBeCloseTo(1, 9);
  }
  expect(() => normalUpperQuantile(0)).toThrow(RangeError);
  expect(() => normalUpperQuantile(1)).toThrow(RangeError);
  expect(() => normalUpperQuantile(Number.NaN)).toThrow(RangeError);
});

test("gives the chi-square tails that an independent library gives", () => {
  const x = fc.double({ min: 0, max: 200, noNaN: true });
  fc.assert(
    fc.property(x, fc.integer({ min: 1, max: 60 }), (at, degrees) => {
      expect(chiSquareUpperTail(at, degrees)).toBeCloseTo(1 - chiSquareCdf(at, degrees), 11);
    }),
    { numRuns: 2000 },
  );
});

test("keeps the precision of small chi-square tails, which the sum of a Poisson distribution gives exactly", () => {
  for (const [x, degrees] of [
    [100, 2],
    [300, 4],
    [500, 10],
  ] as const) {
    const exact = poissonLowerTail(degrees / 2 - 1, x / 2);
    expect(chiSquareUpperTail(x, degrees) / exact).toBeCloseTo(1, 10);
  }
  expect(chiSquareUpperTail(0, 1)).toBe(1);
  expect(chiSquareUpperTail(Infinity, 1)).toBe(0);
});
