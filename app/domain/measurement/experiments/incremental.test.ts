import { expect, test } from "vitest";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { coverageOf, totalOfBuyer } from "../../../../test/fixtures/simulated-holdout.ts";
import { logNormal } from "../../../../test/fixtures/simulated-experiments.ts";
import { spendCap } from "../../statistics/capped-values.ts";
import { type HoldoutArm, type HoldoutFigures, incrementalOf } from "./incremental.ts";

/** An arm in which buyers spent 1,000 each. */
const arm = (units: number, buyers: number): HoldoutArm => ({
  ...{ units, buyers, spent: 1000 * buyers, spentSquares: 1000 ** 2 * buyers },
});
const FIGURES: HoldoutFigures = { holdoutSlots: 500, holdout: arm(5_000, 100), shown: arm(95_000, 2_850), days: 30 };

test("is the difference per visitor for all who were shown offers", () => {
  const found = incrementalOf(FIGURES);
  if (found.kind !== "estimate") throw new Error(found.kind);
  // 30 a visitor instead of 20.
  expect(found.perVisitor.shown - found.perVisitor.holdout).toBeCloseTo(10, 9);
  expect(found.estimateMinor).toBeCloseTo(950_000, 4);
  expect(found.interval.low).toBeGreaterThan(found.anyLook.low);
  expect(found.interval.low + found.interval.high).toBeCloseTo(2 * found.estimateMinor, 4);
  expect(found.anyLook.low + found.anyLook.high).toBeCloseTo(2 * found.estimateMinor, 4);
});

test("does not change where visitors are added to both arms who buy nothing", () => {
  const more = {
    ...FIGURES,
    holdout: { ...FIGURES.holdout, units: 10_000 },
    shown: { ...FIGURES.shown, units: 190_000 },
  };
  const [few, many] = [incrementalOf(FIGURES), incrementalOf(more)];
  if (few.kind !== "estimate" || many.kind !== "estimate") throw new Error(many.kind);
  expect(many.estimateMinor).toBeCloseTo(few.estimateMinor, 4);
  expect(many.interval.low / few.interval.low).toBeCloseTo(1, 1);
});

test("says why there is no figure", () => {
  expect(incrementalOf({ ...FIGURES, holdoutSlots: 0 })).toEqual({ kind: "off" });
  expect(incrementalOf({ ...FIGURES, holdout: arm(0, 0), shown: arm(0, 0) })).toEqual({ kind: "no-visitors" });
  expect(incrementalOf({ ...FIGURES, holdout: arm(4_000, 100) })).toMatchObject({
    kind: "wrong-split",
    planned: { holdout: 4_950, shown: 94_050 },
  });
  expect(incrementalOf({ ...FIGURES, holdout: arm(5_000, 25) })).toMatchObject({ kind: "not-enough", daysLeft: 30 });
  expect(incrementalOf({ ...FIGURES, days: 5 })).toMatchObject({ kind: "not-enough", daysLeft: 2 });
  expect(incrementalOf({ ...FIGURES, holdout: arm(5_000, 0) })).toMatchObject({ kind: "not-enough", daysLeft: null });
});

test("holds the truth in about 95 of 100 simulated shops, and at any look in more", () => {
  const random = seededRandom(2026);
  const spending = logNormal("", 5000, 1.2);
  const capMinor = spendCap(Array.from({ length: 2000 }, () => totalOfBuyer(random, spending)));
  const shop = { visitors: 6000, holdoutSlots: 2000, heldOut: 0.1, shown: 0.12, spending, capMinor };
  const { interval, anyLook } = coverageOf(random, shop, 100);
  expect(interval).toBeGreaterThanOrEqual(0.9);
  expect(interval).toBeLessThanOrEqual(0.99);
  expect(anyLook).toBeGreaterThanOrEqual(interval);
});
