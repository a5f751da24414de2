import fc from "fast-check";
import { expect, test } from "vitest";
import { earlierRate, rateFallPValue } from "./rate-fall.ts";

/** P(Bin(n, p) <= k), term by term. */
function binomialAtMost(k: number, n: number, p: number): number {
  let sum = 0;
  for (let hits = 0; hits <= k; hits++) {
    let term = 1;
    for (let i = 0; i < hits; i++) term *= ((n - i) / (i + 1)) * p;
    sum += term * (1 - p) ** (n - hits);
  }
  return sum;
}

test("is the binomial probability of so few events, given those of both periods", () => {
  const count = fc.integer({ min: 0, max: 20 });
  const chances = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(count, chances, count, chances, (events, opportunities, before, beforeOf) => {
      const share = (0.25 * opportunities) / (0.25 * opportunities + beforeOf);
      const earlier = { events: before, opportunities: beforeOf, dispersion: 1 };
      const p = rateFallPValue({ events, opportunities }, earlier, 0.25);
      expect(p).toBeCloseTo(binomialAtMost(events, events + before, share), 9);
    }),
  );
});

test("is 1 where nothing could have happened", () => {
  const earlier = { events: 5, opportunities: 10, dispersion: 1 };
  expect(rateFallPValue({ events: 0, opportunities: 0 }, earlier, 0.25)).toBe(1);
  expect(rateFallPValue({ events: 0, opportunities: 9 }, earlierRate([]), 0.25)).toBe(1);
});

test("days that vary more than by chance are weaker evidence", () => {
  const calm = Array.from({ length: 14 }, () => ({ events: 50, opportunities: 100 }));
  const wild = calm.map((_, day) => ({ events: day % 2 === 0 ? 90 : 10, opportunities: 100 }));
  expect(earlierRate(calm).dispersion).toBe(1);
  expect(earlierRate(wild)).toMatchObject({ events: 700, opportunities: 1400 });
  // Each day is 40 off 50: 14 days of 40² / 50, by 13 degrees of freedom.
  expect(earlierRate(wild).dispersion).toBeCloseTo((14 * 32) / 13, 10);
  const now = { events: 2, opportunities: 100 };
  expect(rateFallPValue(now, earlierRate(wild), 0.25)).toBeGreaterThan(rateFallPValue(now, earlierRate(calm), 0.25));
});

test("never becomes smaller by an event more", () => {
  const number = fc.integer({ min: 1, max: 300 });
  const dispersion = fc.double({ min: 1, max: 20, noNaN: true });
  fc.assert(
    fc.property(number, number, number, number, dispersion, (events, opportunities, before, beforeOf, spread) => {
      const earlier = { events: before, opportunities: beforeOf, dispersion: spread };
      const p = (of: number) => rateFallPValue({ events: of, opportunities }, earlier, 0.25);
      expect(p(events + 1)).toBeGreaterThanOrEqual(p(events) - 1e-12);
    }),
  );
});
