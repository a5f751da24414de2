import { expect, test } from "vitest";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { failingOf, type HelpfulCount, type ReturnsOfProduct } from "./failing.ts";

const NO_ANSWERS: HelpfulCount = { answers: 0, no: 0 };
const helpful = (no: number, answers: number) => failingOf({ helpful: { answers, no }, returns: [] });
const returned = (...returns: ReturnsOfProduct[]) => failingOf({ helpful: NO_ANSWERS, returns });

test("nearly only refusals are a verdict from thirty answers on, and a handful never is", () => {
  expect(helpful(29, 29)).toBe(null);
  expect(helpful(30, 30)).toEqual({ code: "disliked", answers: 30, no: 30 });
  expect(helpful(19, 30)).toBe(null);
  expect(helpful(60, 100)).toBe(null);
  expect(helpful(150, 200)).toMatchObject({ code: "disliked" });
});

test("what comes back as often as the same products otherwise is no verdict, whatever the products", () => {
  const clothes = { through: 400, throughReturned: 160, others: 4000, othersReturned: 1600 };
  expect(returned(clothes)).toBe(null);
  expect(returned({ ...clothes, throughReturned: 340 })).toMatchObject({ code: "sent-back", usual: 0.4 });
});

test("compares each product with itself", () => {
  // The offer sells much of what always comes back: in all 18% against 6%, and in each product the same.
  const dresses = { through: 300, throughReturned: 60, others: 300, othersReturned: 60 };
  const socks = { through: 50, throughReturned: 1, others: 3000, othersReturned: 60 };
  expect(returned(dresses, socks)).toBe(null);
  expect(returned({ ...dresses, throughReturned: 180 }, socks)).toEqual({
    code: "sent-back",
    orders: 350,
    returned: 181,
    usual: 61 / 350,
  });
});

test("products that were never bought without the offer say nothing", () => {
  expect(returned({ through: 500, throughReturned: 400, others: 0, othersReturned: 0 })).toBe(null);
  const few = { through: 20, throughReturned: 20, others: 900, othersReturned: 9 };
  expect(returned(few, { through: 500, throughReturned: 400, others: 0, othersReturned: 0 })).toBe(null);
  expect(returned({ ...few, through: 200, throughReturned: 100, others: 20, othersReturned: 1 })).toBe(null);
});

const DAYS = 365;

/** Whether an offer is ever judged to fail in a year of nightly looks. `no`: probability that an answer is no. */
function everDisliked(no: number, answersPerDay: number, random: () => number): boolean {
  const count = { answers: 0, no: 0 };
  for (let day = 0; day < DAYS; day++) {
    for (let answer = 0; answer < answersPerDay; answer++) {
      if (answer + random() > answersPerDay) continue;
      count.answers++;
      if (random() < no) count.no++;
    }
    if (helpful(count.no, count.answers) !== null) return true;
  }
  return false;
}

test("in a year of looks, at most one offer of a hundred is called disliked where just the bound says no", () => {
  const random = seededRandom(5);
  const ever = (no: number, offers: number) =>
    Array.from({ length: offers }, (_, offer) => everDisliked(no, [0.3, 2, 10][offer % 3]!, random)).filter(Boolean);
  expect(ever(0.6, 300).length).toBeLessThanOrEqual(3);
  expect(ever(0.5, 300).length).toBe(0);
  expect(ever(0.85, 60).length).toBeGreaterThan(50);
});

interface SimulatedShop {
  readonly throughPerDay: number;
  readonly othersPerDay: number;
  /** Probability that a product is sent back. */
  readonly rates: readonly number[];
  /** Odds of a return through the offer against those otherwise. */
  readonly ratio: number;
}

/** Whether it is ever judged to fail in a year of nightly looks. Orders without the offer are sent back as a whole. */
function everSentBack({ throughPerDay, othersPerDay, rates, ratio }: SimulatedShop, random: () => number): boolean {
  const counts = rates.map(() => ({ through: 0, throughReturned: 0, others: 0, othersReturned: 0 }));
  const times = (perDay: number) => Math.floor(perDay) + (random() < perDay % 1 ? 1 : 0);
  const product = () => Math.floor(random() * rates.length);
  for (let day = 0; day < DAYS; day++) {
    for (let order = times(throughPerDay); order > 0; order--) {
      const at = product();
      const odds = (ratio * rates[at]!) / (1 - rates[at]!);
      counts[at]!.through++;
      if (random() < odds / (1 + odds)) counts[at]!.throughReturned++;
    }
    for (let order = times(othersPerDay); order > 0; order--) {
      const whole = random();
      for (const at of new Set([product(), product()])) {
        counts[at]!.others++;
        if (whole < rates[at]!) counts[at]!.othersReturned++;
      }
    }
    if (returned(...counts) !== null) return true;
  }
  return false;
}

test("in a year of looks, no offer is called sent back whose products come back as always, and the bad ones are", () => {
  const random = seededRandom(9);
  const rates = [0.02, 0.08, 0.15, 0.3];
  const quiet = { throughPerDay: 0.5, othersPerDay: 2, rates };
  const usual = { throughPerDay: 3, othersPerDay: 10, rates };
  const busy = { throughPerDay: 10, othersPerDay: 30, rates };
  const ever = (ratio: number, shops: number, kinds = [quiet, usual, busy]) =>
    Array.from({ length: shops }, (_, shop) => ({ ...kinds[shop % kinds.length]!, ratio })).filter((shop) =>
      everSentBack(shop, random),
    ).length;
  expect(ever(1, 150)).toBe(0);
  expect(ever(1.5, 150)).toBeLessThanOrEqual(2);
  expect(ever(4, 30, [usual, busy])).toBe(30);
});
