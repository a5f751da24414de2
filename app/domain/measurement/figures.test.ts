import { expect, test } from "vitest";
import { attributedMinor, averageOrderMinor, NOTHING_EARNED, unitsPerOrder } from "./figures.ts";

test("attributed revenue is what was sold, without refunds and taxes", () => {
  expect(attributedMinor({ ...NOTHING_EARNED, soldMinor: 1_100, refundedMinor: 220, taxMinor: 80 })).toBe(800);
});

test("averages are of orders, and none where there is no order", () => {
  expect(averageOrderMinor({ orders: 3, units: 7, netMinor: 1_000 })).toBe(333);
  expect(unitsPerOrder({ orders: 4, units: 10, netMinor: 0 })).toBe(2.5);
  expect([averageOrderMinor, unitsPerOrder].map((of) => of({ orders: 0, units: 0, netMinor: 0 }))).toEqual([
    null,
    null,
  ]);
});
