import fc from "fast-check";
import { expect, test } from "vitest";
import type { CustomerKey } from "../ids.ts";
import { lifetimeFigures } from "./lifetime-figures.ts";
import type { CustomerOrder } from "./rfm.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

function order(customer: string, daysAgo: number, revenueMinor: number): CustomerOrder {
  return { customer: customer as CustomerKey, at: NOW - daysAgo * DAY, revenueMinor, products: [] };
}

const TWO_YEARS = [
  order("a", 800, 1000),
  order("a", 500, 1000),
  order("b", 400, 1000),
  order("a", 100, 2000),
  order("a", 10, 2001),
  order("c", 5, 500),
];

test("reads the figures of the formulas from the shop's orders", () => {
  expect(lifetimeFigures(TWO_YEARS, NOW)).toEqual({
    customers: 3,
    orders: 6,
    averageOrderMinor: 1250,
    ordersPerCustomer: 2,
    ordersPerYear: 1.5,
    yearlyRevenueMinor: 2251,
    yearlyRetention: 0.5,
    years: 2,
  });
});

test("gives null for figures that the history is too short for", () => {
  const short = lifetimeFigures(TWO_YEARS.slice(3), NOW);
  expect(short).toMatchObject({ orders: 3, ordersPerYear: null, yearlyRetention: null, years: null });
  expect(lifetimeFigures(TWO_YEARS.slice(1), NOW)).toMatchObject({ ordersPerYear: 1.5, years: null });
  expect(lifetimeFigures([], NOW)).toMatchObject({ customers: 0, averageOrderMinor: null, ordersPerCustomer: null });
});

test("gives no lifetime where all customers came back", () => {
  const all = [order("a", 800, 1), order("a", 500, 1), order("a", 5, 1)];
  expect(lifetimeFigures(all, NOW)).toMatchObject({ yearlyRetention: 1, years: null });
});

test("leaves out orders of the future and those of unknown time or amount", () => {
  const odd = [order("x", -5, 1), order("x", NaN, 1), order("x", 5, NaN)];
  expect(lifetimeFigures([...TWO_YEARS, ...odd], NOW)).toEqual(lifetimeFigures(TWO_YEARS, NOW));
});

test("does not depend on the order of orders", () => {
  const anyOrder = fc.tuple(
    fc.constantFrom("a", "b", "c"),
    fc.integer({ min: 0, max: 1000 }),
    fc.integer({ min: -99, max: 999 }),
  );
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 30 }), (fields) => {
      const orders = fields.map((field) => order(...field));
      expect(lifetimeFigures([...orders].reverse(), NOW)).toEqual(lifetimeFigures(orders, NOW));
    }),
  );
});
