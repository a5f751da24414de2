import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../test/dev-store/shop/random.ts";
import { shareAtLeast, shareEvidence, shareInterval } from "./any-look-share.ts";

/** The integral that the evidence stands for, by Simpson's rule. */
function integrated(hits: number, trials: number, share: number): number {
  const steps = 2000;
  const width = (1 - share) / steps;
  const at = (p: number) => (p / share) ** hits * ((1 - p) / (1 - share)) ** (trials - hits);
  let sum = at(share) + at(1);
  for (let step = 1; step < steps; step++) sum += (step % 2 === 0 ? 2 : 4) * at(share + step * width);
  return (sum * width) / 3 / (1 - share);
}

test("is the mean likelihood of larger shares, by that of the share itself", () => {
  const share = fc.double({ min: 0.05, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), share, (hits, misses, limit) => {
      const wanted = integrated(hits, hits + misses, limit);
      expect(shareEvidence(hits, hits + misses, limit) / wanted).toBeCloseTo(1, 5);
    }),
  );
});

test("has the expectation 1 at the share itself, and at most 1 below it", () => {
  // Over all outcomes of 12 trials.
  const expected = (truth: number) => {
    let sum = 0;
    let ways = 1;
    for (let hits = 0; hits <= 12; hits++) {
      sum += ways * truth ** hits * (1 - truth) ** (12 - hits) * shareEvidence(hits, 12, 0.4);
      ways *= (12 - hits) / (hits + 1);
    }
    return sum;
  };
  expect(expected(0.4)).toBeCloseTo(1, 9);
  for (const truth of [0.05, 0.2, 0.39]) expect(expected(truth)).toBeLessThan(1);
  expect(expected(0.7)).toBeGreaterThan(5);
});

test("looked at after each answer, it is wrong in no more than its share of cases", () => {
  const random = seededRandom(20261129);
  const runs = 2000;
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    let hits = 0;
    for (let trials = 1; trials <= 200; trials++) {
      if (random() < 0.5) hits++;
      if (shareEvidence(hits, trials, 0.5) >= 20) {
        wrong++;
        break;
      }
    }
  }
  expect(wrong / runs).toBeLessThanOrEqual(0.05);
  expect(wrong).toBeGreaterThan(0);
});

test("the bounds hold the share that was seen, and are closer with more answers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200 }), (hits, misses) => {
      const { low, high } = shareInterval(hits, hits + misses, 0.05);
      const seen = hits / (hits + misses);
      expect(low).toBeLessThanOrEqual(seen);
      expect(high).toBeGreaterThanOrEqual(seen);
      const more = shareInterval(3 * hits, 3 * (hits + misses), 0.05);
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
  );
  expect(shareAtLeast(0, 10, 0.05)).toBe(0);
});
