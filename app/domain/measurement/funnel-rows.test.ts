import { expect, test } from "vitest";
import { acceptance, funnelRows, type GroupedTotal } from "./funnel-rows.ts";

const TYPES = new Map([
  [1, "bought-together"],
  [2, "quantity-breaks"],
  [3, "of another release"],
]);
const total = (
  offer: number,
  surface: GroupedTotal["surface"],
  kind: GroupedTotal["kind"],
  events: number,
  key = "",
) => ({
  ...{ key, offer, surface, kind, events },
});
const TOTALS = [
  ...[total(1, "product", "shown", 10, "7"), total(1, "product", "seen", 8, "7"), total(1, "product", "added", 2, "7")],
  ...[total(1, "cart", "seen", 4, "8"), total(1, "cart", "clicked", 1, "8")],
  ...[total(2, "product", "seen", 20, "7"), total(3, "product", "seen", 99, "7"), total(0, "cart", "seen", 1, "0")],
];

test("rows are by offer, the most seen first, with what was bought through each", () => {
  const bought = [
    { key: "bt-1", bought: 3, kept: 2 },
    { key: "goal-9", bought: 1, kept: 0 },
  ];
  const { rows, total: all } = funnelRows("offer", TOTALS, bought, TYPES);
  expect(rows).toEqual([
    { key: "qb-2", shown: 0, seen: 20, clicked: 0, added: null, bought: 0, kept: 0, acceptance: null },
    { key: "bt-1", shown: 10, seen: 12, clicked: 1, added: 2, bought: 3, kept: 2, acceptance: 2 / 12 },
    { key: "again", shown: 0, seen: 1, clicked: 0, added: 0, bought: 0, kept: 0, acceptance: 0 },
    { key: "goal-9", shown: 0, seen: 0, clicked: 0, added: 0, bought: 1, kept: 0, acceptance: null },
  ]);
  expect(all).toEqual({ shown: 10, seen: 33, clicked: 1, added: 2, bought: 4, kept: 2, acceptance: 2 / 13 });
});

test("rows are by surface and by product", () => {
  const seen = (by: "surface" | "product") => funnelRows(by, TOTALS, [], TYPES).rows.map((row) => [row.key, row.seen]);
  expect(seen("surface")).toEqual([
    ["product", 28],
    ["cart", 5],
  ]);
  expect(seen("product")).toEqual([
    ["7", 28],
    ["8", 4],
    ["0", 1],
  ]);
});

test("acceptance leaves out where additions are not counted, and is unknown where nothing was seen", () => {
  expect(acceptance(TOTALS, TYPES)).toBeCloseTo(2 / (8 + 4 + 1 + 0), 10);
  expect(
    acceptance(
      TOTALS.filter(({ offer }) => offer === 2),
      TYPES,
    ),
  ).toBeNull();
  expect(acceptance([], TYPES)).toBeNull();
});
