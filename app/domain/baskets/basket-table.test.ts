import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "./basket-table.ts";

type Line = readonly [order: string, customer: string | null, at: number, item: string];

function build(lines: readonly Line[]): BasketTable {
  const builder = new BasketTableBuilder();
  for (const line of lines) builder.add(...line);
  return builder.build();
}

const anyLine = fc.tuple(
  fc.constantFrom("1", "2", "10", "#3", "注文4"),
  fc.constantFrom(null, "a", "b", "c"),
  fc.constantFrom(NaN, 0, 5, 1_700_000_000_000),
  fc.constantFrom("85123A", "tea", "茶", "9", "10"),
);

test("numbers items, customers and orders in ascending order", () => {
  const table = build([
    ["2", "zoe", 20, "b"],
    ["1", "amy", 10, "c"],
    ["2", "zoe", 20, "a"],
  ]);
  expect(table.itemIds).toEqual(["a", "b", "c"]);
  expect(table.customerIds).toEqual(["amy", "zoe"]);
  expect([...table.start]).toEqual([0, 1, 3]);
  expect([...table.items]).toEqual([2, 0, 1]);
  expect([...table.at]).toEqual([10, 20]);
  expect([...table.customer]).toEqual([0, 1]);
});

test("counts a repeated line once", () => {
  const table = build([
    ["1", null, 1, "a"],
    ["1", null, 1, "a"],
    ["1", null, 1, "b"],
  ]);
  expect([...table.items]).toEqual([0, 1]);
  expect([...table.customer]).toEqual([-1]);
});

test("takes the earliest known time and the first customer where lines of an order disagree", () => {
  const table = build([
    ["1", null, NaN, "a"],
    ["1", "b", 9, "b"],
    ["1", "a", 7, "c"],
  ]);
  expect([...table.at]).toEqual([7]);
  expect(table.customerIds).toEqual(["a"]);
  expect([...table.customer]).toEqual([0]);
});

test("puts orders of unknown time first, and never a time that is not finite", () => {
  const table = build([
    ["1", null, 5, "a"],
    ["2", null, Infinity, "a"],
  ]);
  expect([...table.at]).toEqual([NaN, 5]);
});

test("gives an empty table for no lines", () => {
  const table = build([]);
  expect([...table.start]).toEqual([0]);
  expect(table.items.length).toBe(0);
});

test("gives the same table whatever the order of arrival", () => {
  fc.assert(
    fc.property(
      fc
        .array(anyLine, { maxLength: 40 })
        .chain((lines) =>
          fc.tuple(
            fc.constant(lines),
            fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }),
          ),
        ),
      ([lines, shuffled]) => {
        expect(build(shuffled)).toEqual(build(lines));
      },
    ),
  );
});

test("keeps every basket's items ascending and distinct, as the lines have them", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
      const table = build(lines);
      const seen = new Set<string>();
      for (let order = 0; order + 1 < table.start.length; order++) {
        const basket = table.items.subarray(table.start[order], table.start[order + 1]);
        for (let i = 1; i < basket.length; i++) expect(basket[i]!).toBeGreaterThan(basket[i - 1]!);
        for (const item of basket) seen.add(`${order}/${item}`);
      }
      expect(seen.size).toBe(new Set(lines.map(([order, , , item]) => `${order}/${item}`)).size);
    }),
  );
});
