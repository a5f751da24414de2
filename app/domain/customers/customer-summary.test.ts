import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CustomerKey } from "../ids.ts";
import { CustomerLearner, type LearntCustomers } from "./customer-summary.ts";
import type { CustomerOrder } from "./rfm.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 1);

function order(customer: string, daysAgo: number, products: readonly string[], revenueMinor = 1000): CustomerOrder {
  return { customer: customer as CustomerKey, at: NOW - daysAgo * DAY, revenueMinor, products };
}

function learn(orders: readonly CustomerOrder[]): LearntCustomers {
  const learner = new CustomerLearner(NOW);
  for (const one of orders) learner.add(`${one.customer}/${one.at}`, one);
  return learner.learn();
}

/** Thirty customers buy tea every 30 days up to some days ago, and after their first tea a pot. */
function teaDrinkers(): CustomerOrder[] {
  return Array.from({ length: 30 }, (_, n) => `customer ${String(n).padStart(2, "0")}`).flatMap((customer, n) => {
    const pace = 28 + (n % 5);
    const last = n === 0 ? 110 : n === 1 ? 45 : n;
    return [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((back) =>
      order(customer, last + back * pace, back === 8 ? ["tea", "pot"] : ["tea"], 1000 + 10 * n),
    );
  });
}

describe("what orders say about customers", () => {
  test("tea is bought again after a month, by whom it is due, and what follows it", () => {
    const { summary, due } = learn(teaDrinkers());
    expect(summary).toMatchObject({ orders: 300, customers: 30, returning: 30, productCount: 1 });
    const [tea] = summary.products;
    expect(tea!.product).toBe("tea");
    expect(tea!.medianDays).toBeGreaterThan(26);
    expect(tea!.medianDays).toBeLessThan(34);
    expect(tea!.followers).toEqual([]);
    // Last bought 2 to 29 days ago: all are expected within a month, whoever bought three weeks ago this week.
    // Customer 00 is long gone, customer 01 is late.
    expect(tea!.due.month + tea!.due.overdue).toBe(29);
    expect(tea!.due.overdue).toBe(1);
    expect(tea!.due.week).toBeLessThan(tea!.due.month);
    expect(tea!.due.week).toBeGreaterThan(3);
    expect(summary.due).toEqual(tea!.due);
    expect(summary.nextOrder?.due).toEqual(tea!.due);
    expect(due).toHaveLength(29);
    expect(due.find(({ customer }) => customer === "customer 01")).toMatchObject({ product: "tea", state: "overdue" });
    expect(due.at(-1)!.state).toBe("overdue");
    expect(due.every(({ from, expectedAt, to }) => from < expectedAt && expectedAt < to)).toBe(true);
  });

  test("a customer who is due for everything does not crowd out the others", () => {
    const products = ["a", "b", "c", "d", "e"];
    const { summary, due } = learn(teaDrinkers().map((one) => ({ ...one, products })));
    expect(summary.productCount).toBe(5);
    expect(summary.products[0]!.due.month).toBeGreaterThan(20);
    expect(due).toHaveLength(3 * 29);
  });

  test("the map's fields, cells and lists hold every customer once", () => {
    const { summary, ranked } = learn(teaDrinkers());
    if (summary.map.code !== "ranked") throw new Error(summary.map.code);
    const inFields = Object.values(summary.map.ranks).reduce((sum, { customers }) => sum + customers, 0);
    const inCells = summary.map.cells.reduce((sum, { customers }) => sum + customers, 0);
    expect([inFields, inCells]).toEqual([30, 30]);
    expect(new Set(ranked.map(({ customer }) => customer)).size).toBe(ranked.length);
    for (const { x, y } of summary.map.cells) expect([x >= 0 && x < 10, y >= 0 && y < 10]).toEqual([true, true]);
  });

  test("the order in which customers come changes nothing", () => {
    const byCustomer = Object.values(Object.groupBy(teaDrinkers(), ({ customer }) => customer)) as CustomerOrder[][];
    const learnt = learn(byCustomer.flat());
    fc.assert(
      fc.property(fc.shuffledSubarray(byCustomer, { minLength: byCustomer.length }), (shuffled) => {
        expect(learn(shuffled.flat())).toEqual(learnt);
      }),
      { numRuns: 20 },
    );
  });

  test("nobody is invented: no orders, one order, one customer, orders that are worth nothing", () => {
    const none = learn([]);
    expect(none.summary).toMatchObject({
      ...{ orders: 0, customers: 0, returning: 0, firstAt: null, nextOrder: null, products: [], productCount: 0 },
      map: { code: "too-few-customers", customers: 0 },
      figures: { averageOrderMinor: null, ordersPerCustomer: null },
    });
    expect(learn([order("a", 3, ["tea"])]).summary).toMatchObject({ orders: 1, customers: 1, returning: 0 });

    const faithful = learn(Array.from({ length: 40 }, (_, n) => order("a", 400 - 10 * n, ["tea"])));
    expect(faithful.summary).toMatchObject({ customers: 1, returning: 1, products: [], nextOrder: null });
    expect([faithful.due, faithful.ranked]).toEqual([[], []]);

    const free = learn(
      Array.from({ length: 25 }, (_, n) => [order(`c${n}`, 90, ["a"], 0), order(`c${n}`, 9, [], 0)]).flat(),
    );
    expect(free.summary.map).toMatchObject({ code: "ranked", ranks: { D: { customers: 25, recordMinor: 0 } } });
    expect(free.summary.figures.averageOrderMinor).toBe(0);
  });

  test("orders of the future and of unknown time or amount leave no trace", () => {
    const strange = [order("x", -1, ["tea"]), order("y", NaN, ["tea"]), order("z", 5, ["tea"], NaN)];
    expect(learn(strange)).toEqual(learn([]));
  });
});
