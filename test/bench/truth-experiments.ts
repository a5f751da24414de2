/** Experiments whose truth is known: how often they claim what is false, and cover what is true. */
import { anyLookMultiple, tightestAt } from "../../app/domain/statistics/any-look.ts";
import { spendCap } from "../../app/domain/statistics/capped-values.ts";
import { type Comparison, meansCompared, standardError } from "../../app/domain/statistics/comparison.ts";
import { buyerTraffic, detectableDifference } from "../../app/domain/statistics/detectable-difference.ts";
import { fixedLookMultiple } from "../../app/domain/statistics/fixed-look.ts";
import { differenceInterval, type Interval, relativeInterval } from "../../app/domain/statistics/interval.ts";
import type { Moments } from "../../app/domain/statistics/moments.ts";
import { ALPHA, FINAL_ALPHA, isEnoughToLook } from "../../app/domain/statistics/planned-looks.ts";
import { meansAdjusted } from "../../app/domain/statistics/pre-period.ts";
import { ratiosCompared } from "../../app/domain/statistics/ratio.ts";
import { isSplitWrong } from "../../app/domain/statistics/sample-ratio.ts";
import { coverageOf, totalOfBuyer } from "../fixtures/simulated-holdout.ts";
import { seededRandom } from "../dev-store/shop/random.ts";
import { demoOrderTotals } from "../fixtures/demo-orders.ts";
import type { Random } from "../fixtures/made-up-baskets.ts";
import {
  buyersOf,
  drawnFrom,
  everClaims,
  lastDay,
  logNormal,
  pastSpending,
  type SimulatedArm,
  simulatedDays,
  type Spending,
  trueMean,
} from "../fixtures/simulated-experiments.ts";

const EXPERIMENTS = 2000;
/** Covering is a narrower band, so that it takes more of them. */
const COVERING = 10_000;
const DAYS = 28;
const LONG = 120;
const CONVERSION = 0.03;
const PAST_BUYERS = 2000;

type Row = (orders: string, figure: string, measured: string, wanted: string) => void;

export function printExperiments(row: Row): void {
  // The logarithm of the order values of Online Retail has a standard deviation of 1.21.
  for (const spending of [
    logNormal("log-normal, σ 1.2", 5000, 1.2),
    drawnFrom("the demo's orders", demoOrderTotals()),
  ]) {
    for (const visitorsPerDay of [1000, 150]) printShop(row, spending, visitorsPerDay);
  }
  printSplits(row);
  printHoldouts(row);
}

const SHOPS = 2000;

/** Shops whose offers make a known share of visitors buy, each with visitors that are split, exposed and buy one by one. */
function printHoldouts(row: Row): void {
  const spendings = [logNormal("log-normal, σ 1.2", 5000, 1.2), drawnFrom("the demo's orders", demoOrderTotals())];
  for (const spending of spendings) {
    const random = seededRandom(spending.name.length);
    const capMinor = spendCap(Array.from({ length: PAST_BUYERS }, () => totalOfBuyer(random, spending)));
    const shop = { visitors: 6000, holdoutSlots: 2000, heldOut: 0.1, shown: 0.12, spending, capMinor };
    const { interval, anyLook } = coverageOf(random, shop, SHOPS);
    const name = `${spending.name}: holdout of 20 %, offers make 20 % more buy`;
    row(name, "intervals of incremental revenue that hold the truth", percent(interval), WANTED);
    row("", "the same for any look", percent(anyLook), "at least 95 %");
  }
}

function printShop(row: Row, spending: Spending, visitorsPerDay: number): void {
  const random = seededRandom(visitorsPerDay + spending.name.length);
  const past = Array.from({ length: PAST_BUYERS }, () => spending.draw(random));
  const arm = { visitorsPerDay, conversion: CONVERSION, spending, cap: spendCap(past) };
  const name = `${spending.name}, ${2 * visitorsPerDay} visitors a day`;
  const share = (trial: () => boolean) => percent(shareOf(trial));
  const covering = (trial: () => boolean) => percent(shareOf(trial, COVERING));
  const plain = (other: SimulatedArm = arm) => meansCompared(...lastDay(random, [arm, other], DAYS));
  row(
    `${name}: no difference`,
    "claims after 28 days, one look",
    share(() => isFalse(plain())),
    "4 to 6 %",
  );
  row(
    "",
    "claims with looks on every day and at the end",
    share(() => everClaims(random, [arm, arm], DAYS)),
    "at most 5 %",
  );
  row(
    "",
    "the same with three variants",
    share(() => everClaims(random, [arm, arm, arm, arm], DAYS)),
    "at most 5 %",
  );
  const looks = tightestAt(2 * visitorsPerDay * CONVERSION * DAYS, ALPHA);
  const atAnyLook = (buyers: number) => anyLookMultiple(buyers, looks, ALPHA);
  const anyErrs = share(() => everLeavesOut(random, arm, LONG, atAnyLook));
  row("", `any of ${LONG} daily intervals for any look errs`, anyErrs, "at most 5 %");
  const ordinaryErrs = share(() => everLeavesOut(random, arm, DAYS, () => Z));
  row("", `any of ${DAYS} daily ordinary intervals errs`, ordinaryErrs, "-");
  const better = { ...arm, conversion: CONVERSION * 1.1 };
  const gain = trueMean(better) - trueMean(arm);
  const covers = (compared: Comparison) => contains(differenceInterval(compared, Z), gain);
  row(
    `${name}: 10 % more buyers`,
    "intervals that hold the difference",
    covering(() => covers(plain(better))),
    WANTED,
  );
  row(
    "",
    "intervals that hold it in %",
    covering(() => contains(relativeInterval(plain(better), Z), 0.1)),
    WANTED,
  );
  const uncapped = [arm, better].map((of) => ({ ...of, cap: null }));
  const gainUncapped = trueMean(uncapped[1]!) - trueMean(uncapped[0]!);
  const coversUncapped = () =>
    contains(differenceInterval(meansCompared(...lastDay(random, uncapped, DAYS)), Z), gainUncapped);
  row("", "the same without a cap on large orders", covering(coversUncapped), "-");
  printAdjusted(row, random, arm, better);
  printRatio(row, random, arm);
  printPlanned(row, random, arm, past);
}

const Z = fixedLookMultiple(ALPHA);
const WANTED = "94 to 96 %";

/** A third of the visitors bought before and buy three times as often. */
function printAdjusted(row: Row, random: Random, arm: SimulatedArm, better: SimulatedArm): void {
  const regulars = { share: 1 / 3, factor: 3 };
  const arms = [arm, better].map((of) => ({ ...of, regulars }));
  const gain = trueMean(better) - trueMean(arm);
  let variances = 0;
  const covers = shareOf(() => {
    const [control, variant] = lastDay(random, arms, DAYS);
    const adjusted = meansAdjusted(control, variant);
    variances += (standardError(adjusted) / standardError(meansCompared(control, variant))) ** 2;
    return contains(differenceInterval(adjusted, Z), gain);
  }, COVERING);
  row("", "intervals adjusted by the past that hold it", percent(covers), WANTED);
  row("", "their variance in relation to plain ones", percent(variances / COVERING), "below 100 %");
}

/** The variant's buyers spend 5 % more. */
function printRatio(row: Row, random: Random, arm: SimulatedArm): void {
  const { spending } = arm;
  const dearer: Spending = { name: "", draw: (r) => 1.05 * spending.draw(r), mean: () => 1.05 * spending.mean(null) };
  const arms = [
    { ...arm, cap: null },
    { ...arm, cap: null, spending: dearer },
  ];
  const covers = () => {
    const compared = ratiosCompared(...lastDay(random, arms, DAYS));
    return compared !== null && contains(differenceInterval(compared, Z), 0.05 * spending.mean(null));
  };
  row("", "intervals of order value that hold 5 % more", percent(shareOf(covers, COVERING)), WANTED);
}

/** The variant is better by what the planner calls detectable in 28 days. */
function printPlanned(row: Row, random: Random, arm: SimulatedArm, past: readonly number[]): void {
  const days = PAST_BUYERS / (2 * arm.visitorsPerDay * CONVERSION);
  const traffic = buyerTraffic(pastSpending(past, days, arm.cap))!;
  const question = { controlShare: 0.5, variantShare: 0.5, alpha: FINAL_ALPHA, power: 0.8 };
  const difference = detectableDifference(traffic, question, DAYS);
  const better = { ...arm, conversion: CONVERSION * (1 + difference) };
  const found = shareOf(() => everClaims(random, [arm, better], DAYS, ({ low }) => low > 0));
  row("", `a difference of ${percent(difference)}, as planned for 28 days, is found`, percent(found), "about 80 %");
}

function printSplits(row: Row): void {
  const random = seededRandom(3);
  const name = "100,000 visitors";
  row(`${name}, 51 to 49`, "called a wrong split", isSplitWrong([51_000, 49_000], [1, 1]) ? "yes" : "no", "yes");
  row(`${name}, 50 to 50`, "called a wrong split", isSplitWrong([50_000, 50_000], [1, 1]) ? "yes" : "no", "no");
  const everWrong = (share: number) => () => {
    let [a, b] = [0, 0];
    for (let day = 0; day < DAYS; day++) {
      for (let visitor = 0; visitor < 1000; visitor++) {
        if (random() < share) a++;
        else b++;
      }
      if (isSplitWrong([a, b], [1, 1])) return true;
    }
    return false;
  };
  row(
    "1,000 visitors a day, split in halves",
    "called wrong on any of 28 days",
    percent(shareOf(everWrong(0.5))),
    "at most 1 %",
  );
  row("1,000 visitors a day, 52 to 48", "called wrong on any of 28 days", percent(shareOf(everWrong(0.52))), "-");
}

function shareOf(trial: () => boolean, trials = EXPERIMENTS): number {
  let hits = 0;
  for (let n = 0; n < trials; n++) if (trial()) hits++;
  return hits / trials;
}

function isFalse(compared: Comparison): boolean {
  return !contains(differenceInterval(compared, Z), 0);
}

function contains(interval: Interval | null, value: number): boolean {
  return interval !== null && interval.low <= value && value <= interval.high;
}

/** Whether any daily interval of so many standard errors leaves out zero. */
function everLeavesOut(random: Random, arm: SimulatedArm, days: number, multiple: (buyers: number) => number): boolean {
  const variant = simulatedDays(random, arm, days);
  let day = 0;
  for (const control of simulatedDays(random, arm, days)) {
    const today = variant.next().value as Moments;
    const buyers = [control, today].map(buyersOf);
    if (!isEnoughToLook(++day, buyers)) continue;
    const interval = differenceInterval(meansCompared(control, today), multiple(buyers[0]! + buyers[1]!));
    if (!contains(interval, 0)) return true;
  }
  return false;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
