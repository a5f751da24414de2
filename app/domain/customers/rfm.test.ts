import fc from "fast-check";
import { expect, test } from "vitest";
import type { CustomerKey } from "../ids.ts";
import { customerRecords, distribution, quintiles, type CustomerOrder } from "./rfm.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

function order(
  customer: string,
  daysAgo: number,
  revenueMinor: number,
  products: readonly string[] = ["tea"],
): CustomerOrder {
  return { customer: customer as CustomerKey, at: NOW - daysAgo * DAY, revenueMinor, products };
}

test("describes what a customer buys, how much, how lately and how often", () => {
  const [amy] = customerRecords(
    [order("amy", 100, 1000, ["tea", "cup", "tea"]), order("amy", 70, 500, ["tea"]), order("amy", 10, -200, ["pot"])],
    NOW,
  );
  expect(amy).toMatchObject({
    customer: "amy",
    list: { firstAt: NOW - 100 * DAY, lastAt: NOW - 10 * DAY, recencyDays: 10 },
    what: { revenueMinor: 1300, products: 3, favourites: ["tea", "cup", "pot"] },
    pace: { orders: 3, medianGapDays: 45 },
  });
});

test("scores customers in fifths of the shop's own, the best 5", () => {
  const records = customerRecords(
    Array.from({ length: 10 }, (_, n) => order(`c${n}`, n + 1, 1000 - n)),
    NOW,
  );
  expect(records.map(({ rfm }) => rfm.recency)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  expect(records.map(({ rfm }) => rfm.monetary)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  expect(records.map(({ rfm }) => rfm.frequency)).toEqual(Array(10).fill(3));
});

test("scores recency by whole days, so that the days of two scores never overlap", () => {
  const records = customerRecords(
    Array.from({ length: 100 }, (_, n) => order(`c${n}`, n / 9, 1000)),
    NOW,
  );
  const days = distribution(records).recencyDays.map(({ from, to }) => [Math.floor(from), Math.floor(to)]);
  expect(days.length).toBeGreaterThan(2);
  expect(days.slice(1).every(([from], n) => from! > days[n]![1]!)).toBe(true);
});

test("gives equal customers equal scores", () => {
  expect(quintiles([1, 1, 1, 1, 1, 1, 1, 1, 9, 10])).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 5, 5]);
  expect(quintiles([7])).toEqual([3]);
  expect(quintiles([])).toEqual([]);
});

test("leaves out orders of the future and those of unknown time or amount", () => {
  const odd = [order("a", -1, 5), order("b", NaN, 5), order("c", 1, NaN), order("d", Infinity, 5)];
  expect(customerRecords(odd, NOW)).toEqual([]);
  expect(customerRecords([], NOW)).toEqual([]);
  expect(customerRecords([order("a", 1, 5)], NaN)).toEqual([]);
});

test("shows how the shop's customers are distributed, and no distribution without customers", () => {
  const records = customerRecords(
    Array.from({ length: 10 }, (_, n) => order(`c${n}`, n, n * 100)),
    NOW,
  );
  expect(distribution(records).revenueMinor).toEqual([
    { score: 5, customers: 2, from: 800, to: 900 },
    { score: 4, customers: 2, from: 600, to: 700 },
    { score: 3, customers: 2, from: 400, to: 500 },
    { score: 2, customers: 2, from: 200, to: 300 },
    { score: 1, customers: 2, from: 0, to: 100 },
  ]);
  // All have ordered once: one score, and no second one that holds the same.
  expect(distribution(records).orders).toEqual([{ score: 3, customers: 10, from: 1, to: 1 }]);
  expect(distribution([]).orders).toEqual([]);
});

const anyOrder = fc
  .tuple(
    fc.constantFrom("a", "b", "c", "d", "e", "f"),
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: -500, max: 5000 }),
  )
  .map(([customer, days, revenue]) => order(customer, days, revenue, [`p${days % 3}`]));

test("scores do not depend on the order of orders, and never fall as the value rises", () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 40 }), (orders) => {
      const records = customerRecords(orders, NOW);
      expect(customerRecords([...orders].reverse(), NOW)).toEqual(records);
      const { revenueMinor } = distribution(records);
      expect(revenueMinor.reduce((sum, { customers }) => sum + customers, 0)).toBe(records.length);
      // The best first, and every range below the one before.
      expect(revenueMinor.slice(1).every(({ to }, n) => to < revenueMinor[n]!.from)).toBe(true);
      for (const x of records) {
        for (const y of records) {
          if (x.what.revenueMinor <= y.what.revenueMinor) expect(x.rfm.monetary).toBeLessThanOrEqual(y.rfm.monetary);
          if (x.list.recencyDays <= y.list.recencyDays) expect(x.rfm.recency).toBeGreaterThanOrEqual(y.rfm.recency);
        }
      }
    }),
  );
});
