import { expect, test } from "vitest";
import { seededRandom } from "../../../test/dev-store/shop/random.ts";
import {
  everClaims,
  lastDay,
  logNormal,
  pastSpending,
  type SimulatedArm,
  trueMean,
} from "../../../test/fixtures/simulated-experiments.ts";
import { meansCompared } from "./comparison.ts";
import { buyerTraffic, detectableDifference } from "./detectable-difference.ts";
import { fixedLookMultiple, fixedLookPValue } from "./fixed-look.ts";
import { differenceInterval, relativeInterval, type Interval } from "./interval.ts";
import { ALPHA, FINAL_ALPHA } from "./planned-looks.ts";
import { meansAdjusted } from "./pre-period.ts";
import { ratiosCompared } from "./ratio.ts";
import { spendCap } from "./capped-values.ts";

// `npm run bench -- truth` checks the same with more experiments. Here each seed is fixed, and the bounds are four
// standard deviations wide or stricter than what a broken formula gives.
const RUNS = 600;
const DAYS = 28;
const skewed = logNormal("skewed", 5000, 1.2);
const past = Array.from({ length: 1000 }, pastSpend(seededRandom(1)));
const arm: SimulatedArm = { visitorsPerDay: 500, conversion: 0.03, spending: skewed, cap: spendCap(past) };
const better: SimulatedArm = { ...arm, conversion: 0.033 };
const gain = trueMean(better) - trueMean(arm);
const multiple = fixedLookMultiple(ALPHA);

function pastSpend(random: () => number): () => number {
  return () => skewed.draw(random);
}

function shareOf(trial: () => boolean): number {
  let hits = 0;
  for (let run = 0; run < RUNS; run++) if (trial()) hits++;
  return hits / RUNS;
}

function holds(interval: Interval | null, value: number): boolean {
  return interval !== null && interval.low <= value && value <= interval.high;
}

test("claims a difference that is not there in 5 of 100 experiments at one look", () => {
  const random = seededRandom(2);
  const share = shareOf(() => fixedLookPValue(meansCompared(...lastDay(random, [arm, arm], DAYS))) <= ALPHA);
  expect(share).toBeGreaterThan(0.02);
  expect(share).toBeLessThan(0.085);
});

test("claims it in at most 5 of 100 with a look on every day, with one variant or three", () => {
  const random = seededRandom(3);
  expect(shareOf(() => everClaims(random, [arm, arm], DAYS))).toBeLessThanOrEqual(ALPHA);
  expect(shareOf(() => everClaims(random, [arm, arm, arm, arm], DAYS))).toBeLessThanOrEqual(ALPHA);
});

test("intervals hold a known difference of skewed, capped spending in 95 of 100 experiments", () => {
  const random = seededRandom(4);
  const compared = Array.from({ length: RUNS }, () => meansCompared(...lastDay(random, [arm, better], DAYS)));
  const absolute = compared.filter((one) => holds(differenceInterval(one, multiple), gain)).length / RUNS;
  const relative = compared.filter((one) => holds(relativeInterval(one, multiple), 0.1)).length / RUNS;
  for (const share of [absolute, relative]) {
    expect(share).toBeGreaterThan(0.915);
    expect(share).toBeLessThan(0.985);
  }
});

test("intervals adjusted by the past hold the difference too, and order values hold theirs", () => {
  const random = seededRandom(5);
  const regulars = { share: 0.3, factor: 3 };
  const arms = [arm, better].map((of) => ({ ...of, visitorsPerDay: 200, regulars }));
  const adjusted = shareOf(() =>
    holds(differenceInterval(meansAdjusted(...lastDay(random, arms, DAYS)), multiple), gain),
  );
  const values = shareOf(() => {
    const compared = ratiosCompared(...lastDay(random, [arm, better], DAYS))!;
    return holds(differenceInterval(compared, multiple), 0);
  });
  for (const share of [adjusted, values]) {
    expect(share).toBeGreaterThan(0.915);
    expect(share).toBeLessThan(0.985);
  }
});

test("finds what was planned to be found in 80 of 100 experiments", () => {
  const random = seededRandom(6);
  const days = past.length / (2 * arm.visitorsPerDay * arm.conversion);
  const traffic = buyerTraffic(pastSpending(past, days, arm.cap))!;
  const question = { controlShare: 0.5, variantShare: 0.5, alpha: FINAL_ALPHA, power: 0.8 };
  const difference = detectableDifference(traffic, question, DAYS);
  const planned = { ...arm, conversion: arm.conversion * (1 + difference) };
  const found = shareOf(() => everClaims(random, [arm, planned], DAYS, ({ low }) => low > 0));
  expect(found).toBeGreaterThan(0.73);
  expect(found).toBeLessThan(0.87);
});
