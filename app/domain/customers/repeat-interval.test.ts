import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../baskets/basket-table.ts";
import { orderIntervals, repeatIntervals, whenDue } from "./repeat-interval.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };
const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

function build(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${customer}/${at}/${n}`, customer, at, item);
  });
  return builder.build();
}

function evenNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (((mixed ^ (mixed >>> 15)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Box & Muller's normal numbers from even ones. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** Forty customers buy coffee every 30 days or so, each with a pace of their own, for two years. */
function coffeeDrinkers(seed: number, customers = 40): Order[] {
  const next = evenNumbers(seed);
  return Array.from({ length: customers }, (_, n) => `customer ${String(n).padStart(2, "0")}`).flatMap((customer) => {
    const pace = Math.log(30) + 0.3 * normal(next);
    const orders: Order[] = [];
    for (let day = 1 + 20 * next(); day < 730; day += Math.exp(pace + 0.25 * normal(next))) {
      orders.push({ customer, at: START + day * DAY, items: ["coffee", ...(orders.length === 0 ? ["kettle"] : [])] });
    }
    return orders;
  });
}

test("finds the month after which coffee is bought again, and no interval for kettles", () => {
  const { products } = repeatIntervals(build(coffeeDrinkers(1)));
  expect(products.map(({ item }) => item)).toEqual(["coffee"]);
  expect(products[0]!.medianDays).toBeGreaterThan(24);
  expect(products[0]!.medianDays).toBeLessThan(36);
  expect(products[0]!.repeatShare).toBe(1);
});

test("four of five next purchases fall into their interval", () => {
  let inside = 0;
  let asked = 0;
  for (const seed of [2, 3, 4]) {
    const orders = coffeeDrinkers(seed, 80);
    const last = new Map<string, Order>();
    for (const order of orders) last.set(order.customer!, order);
    const repeats = repeatIntervals(build(orders.filter((order) => last.get(order.customer!) !== order)));
    for (const [customer, { at }] of last) {
      const due = whenDue(repeats, customer, at).find(({ item }) => item === "coffee");
      if (!due) continue;
      asked++;
      if (due.from <= at && at <= due.to) inside++;
    }
  }
  expect(asked).toBeGreaterThan(200);
  expect(inside / asked).toBeGreaterThan(0.72);
  expect(inside / asked).toBeLessThan(0.88);
});

test("a customer's own gaps weigh more, the more of them are known", () => {
  const weekly = (customer: string, times: number) =>
    Array.from({ length: times }, (_, n) => ({ customer, at: START + (300 + 7 * n) * DAY, items: ["coffee"] }));
  const repeats = repeatIntervals(
    build([...coffeeDrinkers(5), ...weekly("once", 1), ...weekly("few", 3), ...weekly("many", 40)]),
  );
  const gapOf = (customer: string) => {
    const last = [...repeats.customers.get(customer)!.values()][0]!.lastAt;
    const [due] = whenDue(repeats, customer, last);
    return (due!.expectedAt - due!.lastAt) / DAY;
  };
  expect(gapOf("many")).toBeLessThan(9);
  expect(gapOf("few")).toBeLessThan(gapOf("once"));
  expect(gapOf("few")).toBeGreaterThan(gapOf("many"));
  expect(gapOf("once")).toBeGreaterThan(20);
});

test("calls a customer early, due, then overdue, and leaves out one who is lost", () => {
  const repeats = repeatIntervals(build(coffeeDrinkers(6)));
  const [{ lastAt, from, to }] = whenDue(repeats, "customer 00", START) as [ReturnType<typeof whenDue>[number]];
  expect(lastAt < from && from < to).toBe(true);
  const stateAt = (now: number) => whenDue(repeats, "customer 00", now)[0]?.state;
  expect(stateAt(from - 1)).toBe("early");
  expect(stateAt(from)).toBe("due");
  expect(stateAt(to + 1)).toBe("overdue");
  expect(stateAt(lastAt + 3 * (to - lastAt))).toBeUndefined();
});

test("says when a customer's next order is due, whatever is in it", () => {
  const repeats = orderIntervals(build(coffeeDrinkers(7)));
  const [due] = whenDue(repeats, "customer 01", START + 740 * DAY);
  expect(due!.item).toBeNull();
  expect((due!.expectedAt - due!.lastAt) / DAY).toBeGreaterThan(10);
});

test("gives no interval where evidence is thin, dates are missing or orders are only numbered", () => {
  const orders = coffeeDrinkers(8);
  const nothing = { products: [], customers: new Map() };
  expect(repeatIntervals(build([]))).toMatchObject({ shop: null, ...nothing });
  expect(repeatIntervals(build(orders.slice(0, 1)))).toMatchObject(nothing);
  expect(repeatIntervals(build(orders.filter(({ customer }) => customer! < "customer 04")))).toMatchObject(nothing);
  expect(repeatIntervals(build(orders.map((order) => ({ ...order, at: NaN }))))).toMatchObject(nothing);
  expect(repeatIntervals(build(orders.map((order, n) => ({ ...order, at: n }))))).toMatchObject(nothing);
  expect(repeatIntervals(build(orders.map((order) => ({ ...order, customer: null }))))).toMatchObject(nothing);
  expect(whenDue(repeatIntervals(build(orders)), "nobody", START)).toEqual([]);
  expect(whenDue(repeatIntervals(build(orders)), "customer 00", NaN)).toEqual([]);
});

test("takes orders of one day for one purchase", () => {
  const orders = coffeeDrinkers(9);
  const doubled = [...orders, ...orders.map((order) => ({ ...order, at: order.at + 1000 }))];
  expect(repeatIntervals(build(doubled)).products).toEqual(repeatIntervals(build(orders)).products);
});

test("gives the same intervals whatever the order of arrival, each from below its median to above it", () => {
  const orders = coffeeDrinkers(10, 12);
  const expected = repeatIntervals(build(orders));
  expect(expected.products.length).toBeGreaterThan(0);
  for (const { fromDays, medianDays, toDays } of expected.products) {
    expect(0 < fromDays && fromDays < medianDays && medianDays < toDays).toBe(true);
  }
  fc.assert(
    fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), (shuffled) => {
      expect(repeatIntervals(build(shuffled))).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});
