import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { logNormal, pastSpending } from "../../../../test/fixtures/simulated-experiments.ts";
import { MOST_WEEKS, planExperiment } from "./plan.ts";

const random = seededRandom(1);
const spending = logNormal("", 5000, 1);
const SPENT = Array.from({ length: 1400 }, () => Math.round(spending.draw(random)));
const QUESTION = { past: pastSpending(SPENT, 28, null), shares: [0.5, 0.5], difference: 0.2 };

function planned(changes: Partial<typeof QUESTION> = {}) {
  const plan = planExperiment({ ...QUESTION, ...changes });
  if (plan.kind !== "planned") throw new Error(plan.kind);
  return plan;
}

test("plans whole weeks, after which the difference asked for is found", () => {
  const { weeks, buyers, curve, buyersPerDay } = planned();
  expect(buyersPerDay).toBe(50);
  expect(buyers).toBe(weeks! * 7 * 50);
  expect(curve).toHaveLength(MOST_WEEKS);
  expect(curve[weeks! - 1]!.difference).toBeLessThanOrEqual(0.2);
  expect(curve[weeks! - 2]!.difference).toBeGreaterThan(0.2);
});

test("finds smaller differences with more time, and with fewer arms", () => {
  const { curve } = planned();
  expect(curve.every(({ difference }, n) => n === 0 || difference < curve[n - 1]!.difference)).toBe(true);
  const three = planned({ shares: [1 / 3, 1 / 3, 1 / 3] });
  three.curve.forEach(({ difference }, n) => expect(difference).toBeGreaterThan(curve[n]!.difference));
});

test("says that a difference takes too long instead of naming a number of weeks", () => {
  expect(planned({ difference: 0.01 })).toMatchObject({ weeks: null, buyers: null });
});

test("takes as long as a small arm needs for its first 50 buyers", () => {
  // 5 % of 50 buyers a day are 2.5: 20 days.
  expect(planned({ shares: [0.05, 0.95], difference: 3 }).weeks).toBe(3);
});

test("takes longer where buyers differ more in what they spend", () => {
  const alike = planned({ past: { ...QUESTION.past, meanSquare: QUESTION.past.mean ** 2 } });
  alike.curve.forEach(({ difference }, n) => expect(difference).toBeLessThan(planned().curve[n]!.difference));
});

test("plans nothing from too few buyers", () => {
  const few = (buyers: number) => planExperiment({ ...QUESTION, past: { ...QUESTION.past, buyers } });
  expect(few(49)).toEqual({ kind: "few-buyers", buyers: 49, needed: 50 });
  expect(few(50).kind).toBe("planned");
  const nothing = { buyers: 0, days: 28, mean: 0, meanSquare: 0 };
  expect(planExperiment({ ...QUESTION, past: nothing })).toEqual({ kind: "few-buyers", buyers: 0, needed: 50 });
});

test("never plans fewer weeks for a smaller difference", () => {
  const difference = fc.double({ min: 0.01, max: 2, noNaN: true });
  fc.assert(
    fc.property(difference, difference, (a, b) => {
      const [small, large] = [Math.min(a, b), Math.max(a, b)];
      expect(planned({ difference: small }).weeks ?? Infinity).toBeGreaterThanOrEqual(
        planned({ difference: large }).weeks ?? Infinity,
      );
    }),
    { numRuns: 30 },
  );
});
