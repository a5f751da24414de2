import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../../baskets/basket-table.ts";
import { orderSegments, type OrderFacts, type OrderSegments } from "./order-segments.ts";

interface Order {
  readonly customer: string | null;
  readonly at: number;
  readonly channel?: string | null;
  readonly currency?: string | null;
  readonly revenueMinor?: number;
}

/** Orders ascending by time, in the table's order. */
function shopOf(orders: readonly Order[]): { table: BasketTable; facts: OrderFacts } {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at }, n) => builder.add(String(n).padStart(6, "0"), customer, at, "x"));
  const facts = {
    channel: orders.map(({ channel = "online" }) => channel),
    currency: orders.map(({ currency = "USD" }) => currency),
    revenueMinor: Float64Array.from(orders, ({ revenueMinor = 100 }) => revenueMinor),
  };
  return { table: builder.build(), facts };
}

/** What each order is by one dimension to tell shoppers apart. */
function segmentsOf({ segments, dimensions }: OrderSegments, by: string): (string | null)[] {
  const dimension = dimensions.find((one) => one.some((segment) => segments[segment]?.by === by));
  return dimension === undefined ? [] : Array.from(dimension, (segment) => segments[segment]?.is ?? null);
}

const DAY = 86_400_000;

test("tells a customer's first order from later ones, and nothing of who is unknown", () => {
  const { table, facts } = shopOf([
    { customer: "b", at: NaN },
    { customer: "a", at: 1 },
    { customer: "a", at: 2 },
    { customer: null, at: 3 },
  ]);
  expect(segmentsOf(orderSegments(table, facts), "customer")).toEqual([null, "new", "returning", null]);
});

test("tells orders apart by what they were paid in and where they were placed, where that is known", () => {
  const { table, facts } = shopOf([
    { customer: null, at: 1, channel: "pos", currency: null },
    { customer: null, at: 2, channel: null, currency: "EUR" },
    { customer: null, at: 3, channel: "kiosk", currency: "USD" },
  ]);
  const found = orderSegments(table, facts);
  expect(segmentsOf(found, "channel")).toEqual(["pos", null, "kiosk"]);
  expect(segmentsOf(found, "market")).toEqual([null, "EUR", "USD"]);
  expect(found.segments).toEqual([
    { by: "market", is: "EUR" },
    { by: "market", is: "USD" },
    { by: "channel", is: "kiosk" },
    { by: "channel", is: "pos" },
  ]);
});

test("leaves out what all orders have in common", () => {
  const { table, facts } = shopOf([
    { customer: null, at: 1 },
    { customer: null, at: 2, channel: null },
  ]);
  expect(orderSegments(table, facts).segments).toEqual([]);
  expect(orderSegments(new BasketTableBuilder().build(), { ...facts, channel: [], currency: [] }).segments).toEqual([]);
});

test("ranks customers by the orders that are known, and those who came later not at all", () => {
  // Forty customers of growing means, every second of whom came back.
  const early = Array.from({ length: 40 }, (_, n) => ({
    customer: `c${n}`,
    at: n * DAY,
    revenueMinor: 1000 * (n + 1),
  }));
  const again = early.filter((_, n) => n % 2 === 0).map((order, n) => ({ ...order, at: (50 + n) * DAY }));
  const known = [...early, ...again];
  const late = [
    { customer: "c1", at: 200 * DAY, revenueMinor: 9_000_000 },
    { customer: "stranger", at: 201 * DAY, revenueMinor: 10 },
  ];
  const { table, facts } = shopOf([...known, ...late]);
  const before = segmentsOf(orderSegments(table, facts, known.length), "rank");
  expect(new Set(before.slice(0, -1)).size).toBeGreaterThan(1);
  expect(before.at(-1)).toBe(null);
  // The late order has the rank that c1 had before it, which its own revenue would have changed.
  expect(before.at(-2)).toBe(before[1]);
  expect(segmentsOf(orderSegments(table, facts), "rank").at(-2)).not.toBe(before[1]);
});

test("computes ranks without later orders", () => {
  const customers = fc.integer({ min: 0, max: 29 });
  const orders = fc.array(fc.tuple(customers, fc.integer({ min: 0, max: 5000 })), { minLength: 60, maxLength: 120 });
  fc.assert(
    fc.property(orders, fc.integer({ min: 0, max: 5000 }), (shop, other) => {
      const known = Math.floor(shop.length * 0.8);
      const ranksWhere = (revenueOf: (order: number, minor: number) => number) => {
        const made = shop.map(([who, minor], n) => ({
          ...{ customer: `c${who}`, at: n * DAY, revenueMinor: revenueOf(n, minor) },
        }));
        const { table, facts } = shopOf(made);
        return segmentsOf(orderSegments(table, facts, known), "rank");
      };
      const before = ranksWhere((_, minor) => minor);
      expect(ranksWhere((order, minor) => (order < known ? minor : other))).toEqual(before);
    }),
    { numRuns: 30 },
  );
});
