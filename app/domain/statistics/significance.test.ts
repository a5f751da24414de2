import fc from "fast-check";
import { expect, test } from "vitest";
import {
  benjaminiHochberg,
  binomialUpperTail,
  fisherUpperTail,
  logGamma,
  poissonLowerTail,
  poissonUpperTail,
} from "./significance.ts";

test("knows the factorials", () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    factorial *= n;
    expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 11);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 11);
});

test("gives the binomial tail of hand-counted cases", () => {
  expect(binomialUpperTail(3, 3, 0.5)).toBeCloseTo(1 / 8, 12);
  expect(binomialUpperTail(2, 3, 0.5)).toBeCloseTo(4 / 8, 12);
  expect(binomialUpperTail(1, 3, 0.5)).toBeCloseTo(7 / 8, 12);
  expect(binomialUpperTail(0, 3, 0.5)).toBe(1);
  expect(binomialUpperTail(4, 3, 0.5)).toBe(0);
  expect(binomialUpperTail(100, 100, 0.01) / 1e-200).toBeCloseTo(1, 9);
});

test("gives Fisher's exact probability", () => {
  // The lady tasting tea: all four right of eight cups, 1 in 70.
  expect(fisherUpperTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 12);
  expect(fisherUpperTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  expect(fisherUpperTail(1, 4, 4, 8)).toBeCloseTo(69 / 70, 12);
});

test("gives Fisher's probabilities between 0 and 1, falling as hits rise, and tiny ones apart from zero", () => {
  const count = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(count, count, count, count, (both, onlyDrawn, onlyMarked, neither) => {
      const all = both + onlyDrawn + onlyMarked + neither;
      const tail = (hits: number) => fisherUpperTail(hits, both + onlyDrawn, both + onlyMarked, all);
      expect(tail(both)).toBeGreaterThanOrEqual(0);
      expect(tail(both)).toBeLessThanOrEqual(1);
      expect(tail(both + 1)).toBeLessThanOrEqual(tail(both) + 1e-9);
    }),
  );
  const p = fisherUpperTail(150, 400, 400, 20_000);
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1e-100);
});

test("gives the Poisson tails of hand-counted cases", () => {
  expect(poissonLowerTail(0, 2)).toBeCloseTo(Math.exp(-2), 12);
  expect(poissonLowerTail(1, 2)).toBeCloseTo(3 * Math.exp(-2), 12);
  expect(poissonUpperTail(2, 2)).toBeCloseTo(1 - 3 * Math.exp(-2), 12);
  expect(poissonUpperTail(5, 0)).toBe(0);
  expect(poissonLowerTail(5, 0)).toBe(1);
});

test("tails of both sides make one whole, and fall as the count rises", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.01, max: 300, noNaN: true }), (k, mean) => {
      expect(poissonLowerTail(k, mean) + poissonUpperTail(k + 1, mean)).toBeCloseTo(1, 9);
      expect(poissonUpperTail(k + 1, mean)).toBeLessThanOrEqual(poissonUpperTail(k, mean) + 1e-12);
    }),
  );
});

test("corrects for many tests as the textbook does, whatever their order", () => {
  const p = [0.01, 0.04, 0.03, 0.005];
  expect([...benjaminiHochberg(p)].map((q) => Number(q.toFixed(4)))).toEqual([0.02, 0.04, 0.04, 0.02]);
  expect([...benjaminiHochberg([])]).toEqual([]);
});

test("a q-value is never below its p-value nor above one, and keeps the order of the p-values", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }), (p) => {
      const q = benjaminiHochberg(p);
      p.forEach((value, i) => {
        expect(q[i]!).toBeGreaterThanOrEqual(value);
        expect(q[i]!).toBeLessThanOrEqual(1);
        p.forEach((other, j) => {
          if (value < other) expect(q[i]!).toBeLessThanOrEqual(q[j]!);
        });
      });
    }),
  );
});
