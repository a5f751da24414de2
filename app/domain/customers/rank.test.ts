import fc from "fast-check";
import { expect, test } from "vitest";
import type { CustomerKey } from "../ids.ts";
import { customerRecords, type CustomerOrder } from "./rfm.ts";
import { customerMap, type CustomerMap } from "./rank.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

/** A customer with so many orders of so much, the last so many days ago, 30 days apart. */
function customer(name: string, orders: number, eachMinor: number, lastDaysAgo: number): CustomerOrder[] {
  return Array.from({ length: orders }, (_, n) => ({
    customer: name as CustomerKey,
    at: NOW - (lastDaysAgo + 30 * n) * DAY,
    revenueMinor: eachMinor,
    products: ["tea"],
  }));
}

/** Twenty ordinary customers, and four that the map should separate. */
const SHOP = [
  ...Array.from({ length: 20 }, (_, n) =>
    customer(`ordinary ${String(n).padStart(2, "0")}`, 3 + (n % 4), 2000 + 50 * n, 20 + n),
  ).flat(),
  ...customer("large and rare", 2, 30_000, 10),
  ...customer("small and lately", 1, 300, 3),
  ...customer("best", 12, 9000, 5),
  ...customer("gone", 1, 300, 900),
];

function ranked(orders: readonly CustomerOrder[] = SHOP): Extract<CustomerMap, { code: "ranked" }> {
  const map = customerMap(customerRecords(orders, NOW));
  if (map.code !== "ranked") throw new Error(map.code);
  return map;
}

test("ranks by room to grow against record", () => {
  const rankOf = (name: string) => ranked().points.find((point) => point.customer === name)!.rank;
  expect(rankOf("large and rare")).toBe("A");
  expect(rankOf("small and lately")).toBe("B");
  expect(rankOf("best")).toBe("C");
  expect(rankOf("gone")).toBe("D");
});

test("lowers the weight of customers who have not ordered for long", () => {
  const activeOf = (name: string) => ranked().points.find((point) => point.customer === name)!.active;
  expect(activeOf("best")).toBe(1);
  expect(activeOf("gone")).toBeLessThan(0.001);
});

test("sums up each rank so that nothing is lost", () => {
  const { points, ranks } = ranked();
  const counted = Object.values(ranks).reduce((sum, { customers }) => sum + customers, 0);
  const record = Object.values(ranks).reduce((sum, { recordMinor }) => sum + recordMinor, 0);
  expect(counted).toBe(points.length);
  expect(record).toBe(SHOP.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0));
});

test("gives no ranks for too few customers, or where none came back", () => {
  expect(customerMap([])).toEqual({ code: "too-few-customers", customers: 0 });
  expect(customerMap(customerRecords(SHOP.slice(0, 3), NOW))).toMatchObject({ code: "too-few-customers" });
  const once = Array.from({ length: 30 }, (_, n) => customer(`c${n}`, 1, 100, n)).flat();
  expect(customerMap(customerRecords(once, NOW))).toEqual({ code: "no-repeat-customers", customers: 30 });
});

test("ranks alike customers alike, in the lowest rank that fits", () => {
  const alike = Array.from({ length: 25 }, (_, n) => customer(`c${n}`, 2, 100, 5)).flat();
  expect(ranked(alike).ranks.D.customers).toBe(25);
});

test("room is never negative, and the map is free of the order of orders", () => {
  const anyCustomer = fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: -5000, max: 50_000 }),
    fc.integer({ min: 0, max: 900 }),
  );
  fc.assert(
    fc.property(fc.array(anyCustomer, { minLength: 20, maxLength: 40 }), (shop) => {
      const orders = [...shop.flatMap((fields, n) => customer(`c${n}`, ...fields)), ...customer("back", 2, 100, 9)];
      const map = ranked(orders);
      for (const { roomMinor, active } of map.points) {
        expect(Number.isSafeInteger(roomMinor) && roomMinor >= 0).toBe(true);
        expect(active >= 0 && active <= 1).toBe(true);
      }
      expect(ranked([...orders].reverse())).toEqual(map);
    }),
    { numRuns: 50 },
  );
});
