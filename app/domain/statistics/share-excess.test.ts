import fc from "fast-check";
import { expect, test } from "vitest";
import { shareExcessPValue, type Stratum } from "./share-excess.ts";

/** How likely each number of hits of the first group is, given those of both, where its odds are `ratio` times the other's. */
function hitsOfStratum({ hits, trials, otherHits, otherTrials }: Stratum, ratio: number): number[] {
  const all = hits + otherHits;
  const least = Math.max(0, all - otherTrials);
  const most = Math.min(trials, all);
  const weights = new Array<number>(most + 1).fill(0);
  weights[least] = 1;
  for (let own = least; own < most; own++) {
    const ways = ((trials - own) * (all - own)) / ((own + 1) * (otherTrials - all + own + 1));
    weights[own + 1] = weights[own]! * ways * ratio;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The exact p-value, by adding up all that can happen. */
function exactPValue(strata: readonly Stratum[], ratio: number): number {
  let likely = [1];
  for (const stratum of strata) {
    const own = hitsOfStratum(stratum, ratio);
    const next = new Array<number>(likely.length + own.length - 1).fill(0);
    likely.forEach((p, before) => own.forEach((q, more) => (next[before + more]! += p * q)));
    likely = next;
  }
  const hits = strata.reduce((sum, one) => sum + one.hits, 0);
  return likely.slice(hits).reduce((sum, p) => sum + p, 0);
}

const stratum = fc
  .record({ trials: fc.integer({ min: 1, max: 12 }), otherTrials: fc.integer({ min: 1, max: 12 }) })
  .chain(({ trials, otherTrials }) =>
    fc.record({
      ...{ trials: fc.constant(trials), otherTrials: fc.constant(otherTrials) },
      ...{ hits: fc.integer({ min: 0, max: trials }), otherHits: fc.integer({ min: 0, max: otherTrials }) },
    }),
  );
const strata = fc.array(stratum, { minLength: 1, maxLength: 4 });
const ratio = fc.double({ min: 1, max: 4, noNaN: true });

test("is never below the exact p-value", () => {
  fc.assert(
    fc.property(strata, ratio, (given, atMost) => {
      expect(shareExcessPValue(given, atMost)).toBeGreaterThanOrEqual(exactPValue(given, atMost) * (1 - 1e-9));
    }),
  );
});

test("is not far above it where hits are rare", () => {
  const rare = [
    { hits: 30, trials: 300, otherHits: 40, otherTrials: 1000 },
    { hits: 12, trials: 100, otherHits: 20, otherTrials: 500 },
  ];
  const bound = shareExcessPValue(rare, 1.5);
  expect(bound).toBeLessThan(20 * exactPValue(rare, 1.5));
  expect(bound).toBeLessThan(0.03);
});

test("grows with the ratio, and falls with each hit more", () => {
  fc.assert(
    fc.property(strata, ratio, ratio, (given, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(shareExcessPValue(given, low)).toBeLessThanOrEqual(shareExcessPValue(given, high) + 1e-12);
    }),
  );
  const of = (hits: number) => shareExcessPValue([{ hits, trials: 100, otherHits: 50, otherTrials: 1000 }], 1);
  expect([5, 10, 15, 20, 40].map(of)).toEqual([5, 10, 15, 20, 40].map(of).toSorted((a, b) => b - a));
  expect(of(40)).toBeLessThan(1e-12);
});

test("says nothing where one group was not tried, or nothing happened", () => {
  expect(shareExcessPValue([], 1)).toBe(1);
  expect(shareExcessPValue([{ hits: 50, trials: 60, otherHits: 0, otherTrials: 0 }], 1)).toBe(1);
  expect(shareExcessPValue([{ hits: 0, trials: 60, otherHits: 0, otherTrials: 60 }], 1)).toBe(1);
  const known = { hits: 20, trials: 60, otherHits: 6, otherTrials: 60 };
  expect(shareExcessPValue([known, { hits: 9, trials: 9, otherHits: 0, otherTrials: 0 }], 1)).toBe(
    shareExcessPValue([known], 1),
  );
});
