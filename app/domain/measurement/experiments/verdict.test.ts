import { expect, test } from "vitest";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { poisson } from "../../../../test/fixtures/made-up-baskets.ts";
import { momentsOfSums } from "../../statistics/moments.ts";
import type { ArmOutcome, Outcomes } from "./outcomes.ts";
import { type ExperimentPlan, isLastLook, type Verdict, verdictOf } from "./verdict.ts";

const PLAN: ExperimentPlan = { weights: [1, 1], days: 28, buyers: 1000, worthwhile: 0.02 };
const NOTHING_LEFT_OUT = { mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 };

/** Visitors of whom `buyers` bought for 1,000 each, some for 500 and some for 1,500. */
function arm(units: number, buyers: number, changed: { refunded?: number; checkouts?: number } = {}): ArmOutcome {
  const { refunded = Math.round(buyers / 20), checkouts = Math.round(1.5 * buyers) } = changed;
  const spent = { y: 1000 * buyers, yy: ((500 ** 2 + 1500 ** 2) / 2) * buyers };
  const ones = (n: number) => ({ y: n, yy: n });
  return {
    units,
    buyers,
    revenue: momentsOfSums({ units, ...spent, x: 0, xx: 0, yx: 0 }),
    orderValue: momentsOfSums({ units, ...spent, x: buyers, xx: buyers, yx: spent.y }),
    checkouts: momentsOfSums({ units, ...ones(checkouts), x: 0, xx: 0, yx: 0 }),
    refunds: momentsOfSums({ units, ...ones(refunded), x: buyers, xx: buyers, yx: refunded }),
  };
}

function verdict(arms: ArmOutcome[], days: number, plan: Partial<ExperimentPlan> = {}): Verdict {
  const outcomes: Outcomes = { arms, days, leftOut: NOTHING_LEFT_OUT };
  return verdictOf({ ...PLAN, weights: arms.map(() => 1), ...plan }, outcomes, null);
}

test("says how many days are left, by the plan or by the buyers that come", () => {
  expect(verdict([arm(9000, 260), arm(9000, 270)], 14)).toEqual({ kind: "not-enough", daysLeft: 14 });
  expect(verdict([arm(3000, 100), arm(3000, 100)], 14)).toEqual({ kind: "not-enough", daysLeft: 42 });
  expect(verdict([arm(6000, 200), arm(6000, 200)], 20)).toEqual({ kind: "not-enough", daysLeft: 30 });
  expect(verdict([arm(0, 0), arm(0, 0)], 0)).toEqual({ kind: "not-enough", daysLeft: 56 });
});

test("claims nothing in the first week, however large the difference", () => {
  expect(verdict([arm(9000, 200), arm(9000, 500)], 6).kind).toBe("not-enough");
  expect(verdict([arm(9000, 200), arm(9000, 500)], 7).kind).toBe("better");
  expect(verdict([arm(300, 5), arm(300, 60)], 14).kind).toBe("not-enough");
});

test("names the better variant and by how much, between which bounds", () => {
  const found = verdict([arm(20_000, 500), arm(20_000, 600)], 28);
  if (found.kind !== "better") throw new Error(found.kind);
  expect(found.arm).toBe(1);
  expect(found.gain.estimate).toBeCloseTo(0.2, 10);
  expect(found.gain.low).toBeGreaterThan(0);
  expect(found.gain.low).toBeLessThan(0.2);
  expect(found.gain.high).toBeGreaterThan(0.2);
});

test("of several variants names the best one, and the control only where all are worse", () => {
  const best = verdict([arm(20_000, 500), arm(20_000, 640), arm(20_000, 680)], 28);
  expect(best).toMatchObject({ kind: "better", arm: 2 });
  expect(verdict([arm(20_000, 500), arm(20_000, 300)], 28)).toMatchObject({ kind: "worse", arm: 1 });
  expect(verdict([arm(20_000, 500), arm(20_000, 300, { checkouts: 750 }), arm(20_000, 500)], 20).kind).toBe(
    "not-enough",
  );
});

test("is stricter before the planned end than at it", () => {
  const arms = [arm(20_000, 500), arm(20_000, 595)];
  expect(verdict(arms, 27).kind).toBe("not-enough");
  expect(verdict(arms, 28).kind).toBe("better");
});

test("leaves it open at the planned end, with what can be said", () => {
  const open = verdict([arm(20_000, 500), arm(20_000, 510)], 28);
  if (open.kind !== "open" || open.gain === null) throw new Error(open.kind);
  expect(open.gain.estimate).toBeCloseTo(0.02, 10);
  expect(open.gain.low).toBeLessThan(0);
  expect(verdict([arm(500, 0), arm(500, 0)], 56)).toMatchObject({ kind: "open", gain: null });
});

test("says that no difference is worth having once the whole interval is small", () => {
  expect(verdict([arm(4_000_000, 100_000), arm(4_000_000, 100_100)], 28)).toEqual({
    kind: "no-worthwhile-difference",
    worthwhile: 0.02,
  });
});

test("says that the split was wrong before anything else", () => {
  const outcomes = { arms: [arm(51_000, 500), arm(49_000, 900)], days: 28, leftOut: NOTHING_LEFT_OUT };
  expect(verdictOf(PLAN, outcomes, { at: 1, reason: "currency-changed" })).toEqual({
    kind: "wrong-split",
    planned: [0.5, 0.5],
    seen: [0.51, 0.49],
  });
  expect(verdict([arm(50_000, 500), arm(50_000, 900)], 28).kind).toBe("better");
  expect(verdict([arm(95_000, 900), arm(5_000, 60)], 28, { weights: [95, 5] }).kind).not.toBe("wrong-split");
});

test("says that a variant does harm, although it earns more", () => {
  const refunds = verdict([arm(20_000, 500), arm(20_000, 700, { refunded: 300 })], 28);
  expect(refunds).toMatchObject({ kind: "harm", breach: { guard: "refund-rate", arm: 1 } });
  const checkouts = verdict([arm(20_000, 500), arm(20_000, 700, { checkouts: 400 })], 28);
  expect(checkouts).toMatchObject({ kind: "harm", breach: { guard: "checkout-rate", arm: 1 } });
  expect(verdict([arm(20_000, 500), arm(20_000, 700, { refunded: 0, checkouts: 3000 })], 28).kind).toBe("better");
  const beside = verdict([arm(20_000, 500), arm(20_000, 900, { refunded: 400 }), arm(20_000, 700)], 28);
  expect(beside).toMatchObject({ kind: "better", arm: 2 });
});

test("says why an experiment was interrupted, unless it had claimed something by then", () => {
  const interruption = { at: 5, reason: "product-removed" } as const;
  const at = (arms: ArmOutcome[]) => verdictOf(PLAN, { arms, days: 12, leftOut: NOTHING_LEFT_OUT }, interruption);
  expect(at([arm(9000, 260), arm(9000, 270)])).toEqual({ kind: "interrupted", reason: "product-removed", at: 5 });
  expect(at([arm(9000, 260), arm(9000, 470)]).kind).toBe("better");
});

test("takes the last look when days and buyers have come, or when both will not", () => {
  expect(isLastLook(PLAN, 27, 5000)).toBe(false);
  expect(isLastLook(PLAN, 28, 999)).toBe(false);
  expect(isLastLook(PLAN, 28, 1000)).toBe(true);
  expect(isLastLook(PLAN, 56, 10)).toBe(true);
});

test("claims or alarms without reason in at most 5 + 1 of 100 experiments that are looked at daily", () => {
  const random = seededRandom(11);
  const runs = 400;
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    const counts = [0, 0].map(() => ({ units: 0, buyers: 0, refunded: 0, checkouts: 0 }));
    for (let day = 1; day <= PLAN.days; day++) {
      for (const count of counts) {
        const bought = poisson(random, 18);
        count.units += 600;
        count.buyers += bought;
        count.checkouts += bought + poisson(random, 9);
        count.refunded += Array.from({ length: bought }, random).filter((u) => u < 0.06).length;
      }
      const arms = counts.map(({ units, buyers, ...others }) => arm(units, buyers, others));
      const { kind } = verdict(arms, day);
      if (kind === "better" || kind === "worse" || kind === "harm" || kind === "wrong-split") {
        wrong++;
        break;
      }
    }
  }
  expect(wrong / runs).toBeLessThanOrEqual(0.06);
  expect(wrong).toBeGreaterThan(0);
});
