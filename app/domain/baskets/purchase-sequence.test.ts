import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "./basket-table.ts";
import { PurchaseSequences } from "./purchase-sequence.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function build(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${n}`.padStart(3, "0"), customer, at, item);
  });
  return builder.build();
}

const anyOrder = fc.record({
  customer: fc.constantFrom(null, "a", "b", "c"),
  at: fc.constantFrom(NaN, 1, 2, 3, 4),
  items: fc.subarray(["v", "w", "x", "y"], { minLength: 1 }),
});

/** The definitions, read off the orders one by one. */
function byHand(orders: readonly Order[], first: string, second: string) {
  const result = { togetherOrders: 0, thenCustomers: 0, bothCustomers: 0, switchedCustomers: 0 };
  result.togetherOrders = orders.filter(({ items }) => items.includes(first) && items.includes(second)).length;
  for (const who of ["a", "b", "c"]) {
    const own = orders.filter(({ customer }) => customer === who);
    const having = (item: string) => own.filter(({ items }) => items.includes(item));
    const then = having(first).some((x) => having(second).some((y) => x.at < y.at));
    const inOne = own.some(({ items }) => items.includes(first) && items.includes(second));
    if (having(first).length > 0 && having(second).length > 0) result.bothCustomers++;
    if (then) result.thenCustomers++;
    if (then && !inOne) result.switchedCustomers++;
  }
  return result;
}

test("counts what its definitions say, on any small shop", () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 20 }), (orders) => {
      const table = build(orders);
      const sequences = new PurchaseSequences(table);
      table.itemIds.forEach((first, item) => {
        const others = table.itemIds.map((_, other) => other).filter((other) => other !== item);
        sequences.from(item, others).forEach((sequence, n) => {
          expect(sequence).toEqual(byHand(orders, first, table.itemIds[others[n]!]!));
        });
      });
    }),
  );
});

test("shares of later purchases sum to one where anyone came back", () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 20 }), (orders) => {
      const { laterShare } = new PurchaseSequences(build(orders));
      const sum = laterShare.reduce((total, share) => total + share, 0);
      expect(sum === 0 || Math.abs(sum - 1) < 1e-9).toBe(true);
    }),
  );
});

test("counts how much a product's customers order later", () => {
  const table = build([
    { customer: "a", at: 1, items: ["x"] },
    { customer: "a", at: 2, items: ["v", "w"] },
    { customer: "a", at: 3, items: ["w"] },
    { customer: "b", at: 5, items: ["x"] },
  ]);
  const sequences = new PurchaseSequences(table);
  expect(sequences.laterBreadth(table.itemIds.indexOf("x"))).toBe(2);
  expect(sequences.expectedThen(table.itemIds.indexOf("x"), table.itemIds.indexOf("w"))).toBeCloseTo(1, 12);
});
