import fc from "fast-check";
import { expect, test } from "vitest";
import { basketRows } from "../../orders/files/basket-rows.ts";
import { BasketTableBuilder, type BasketTable } from "../../baskets/basket-table.ts";
import { countPairs, invertBaskets, PairCounter } from "./pair-counts.ts";

type Line = readonly [order: string, item: string];

function buildTable(lines: readonly Line[]): BasketTable {
  const builder = new BasketTableBuilder();
  for (const [order, item] of lines) builder.add(order, null, NaN, item);
  return builder.build();
}

/** Pairs as "a b" -> orders together, counted the obvious way. */
function bruteForce(lines: readonly Line[], minTogether: number): Record<string, number> {
  const baskets = new Map<string, Set<string>>();
  for (const [order, item] of lines) baskets.set(order, (baskets.get(order) ?? new Set()).add(item));
  const counts: Record<string, number> = {};
  for (const basket of baskets.values()) {
    for (const a of basket) for (const b of basket) if (a < b) counts[`${a} ${b}`] = (counts[`${a} ${b}`] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, together]) => together >= minTogether));
}

function counted(table: BasketTable, minTogether: number): Record<string, number> {
  const { start, partner, together } = countPairs(table, minTogether);
  const counts: Record<string, number> = {};
  for (let a = 0; a < table.itemIds.length; a++) {
    for (let at = start[a]!; at < start[a + 1]!; at++) {
      counts[`${table.itemIds[a]} ${table.itemIds[partner[at]!]}`] = together[at]!;
    }
  }
  return counts;
}

const anyLines = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 12 }).map((order) => `#${order}`),
    fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 400 })).map((item) => `i${item}`),
  ),
  { maxLength: 150 },
);

test("counts as brute force does, with and without a floor", () => {
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 1, max: 4 }), (lines, minTogether) => {
      expect(counted(buildTable(lines), minTogether)).toEqual(bruteForce(lines, minTogether));
    }),
  );
});

test("lists each item's partners in ascending order, none of them itself", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const { start, partner } = countPairs(buildTable(lines), 1);
      for (let a = 0; a + 1 < start.length; a++) {
        const partners = [...partner.subarray(start[a], start[a + 1])];
        expect(partners.every((other, i) => other > (partners[i - 1] ?? a))).toBe(true);
      }
    }),
  );
});

test("counts the same whatever the order of the lines", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      expect(counted(buildTable([...lines].reverse()), 1)).toEqual(counted(buildTable(lines), 1));
    }),
  );
});

test("makes the same rows from unsorted, repeated lines as from a table", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const table = buildTable(lines);
      const orders = [...new Set(lines.map(([order]) => order))];
      const lineOrder = Uint32Array.from(lines, ([order]) => orders.indexOf(order));
      const lineItem = Uint32Array.from(lines, ([, item]) => table.itemIds.indexOf(item));
      const rows = basketRows(lineOrder, lineItem, lines.length, orders.length, table.itemIds.length);
      const counter = new PairCounter(invertBaskets(rows), 1);
      let pairs = 0;
      for (let item = 0; item < table.itemIds.length; item++) pairs += counter.count(item);
      expect(pairs).toBe(countPairs(table, 1).partner.length);
    }),
  );
});

test("counts beyond what sixteen bits hold", () => {
  const orders = 70_000;
  const items = new Uint32Array(orders * 2).map((_, at) => at % 2);
  const start = new Uint32Array(orders + 1).map((_, order) => order * 2);
  const table = { ...buildTable([]), itemIds: ["a", "b"], items, start };
  expect([...countPairs(table, 1).together]).toEqual([orders]);
});

test("counts a giant basket exactly", () => {
  const size = 3000;
  const lines: Line[] = Array.from({ length: size }, (_, item) => ["1", `i${item}`]);
  expect(countPairs(buildTable(lines), 1).partner.length).toBe((size * (size - 1)) / 2);
});

test("gives no pairs for no orders, one order of one item, and items that never meet", () => {
  expect(counted(buildTable([]), 1)).toEqual({});
  expect(counted(buildTable([["1", "a"]]), 1)).toEqual({});
  expect(
    counted(
      buildTable([
        ["1", "a"],
        ["2", "b"],
      ]),
      1,
    ),
  ).toEqual({});
});
