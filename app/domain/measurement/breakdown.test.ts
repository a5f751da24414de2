import fc from "fast-check";
import { expect, test } from "vitest";
import { type BreakdownFigures, type BreakdownGroup, breakdownRows, type VisitCount } from "./breakdown.ts";
import { VISIT_KINDS } from "./visit.ts";

const figures = (orders: number, netMinor = orders * 100): BreakdownFigures => ({
  ...{ orders, units: orders * 2, netMinor, attributedMinor: orders, attributedOrders: orders },
  ...{ refundedMinor: 1, assistedMinor: 2, discountMinor: 3 },
});
const group = (key: string | null, orders: number): BreakdownGroup => ({ key, ...figures(orders) });
const visits = (key: string | null, count: number, seen = 0, added = 0): VisitCount[] => [
  ...[
    { key, kind: "visit-started" as const, events: count },
    { key, kind: "seen" as const, events: seen },
  ],
  { key, kind: "added", events: added },
];
const names = (rows: ReturnType<typeof breakdownRows>["rows"]) =>
  rows.map(({ of }) => (of.kind === "group" ? of.key : `<${of.kind}>`));

test("shows the groups that sell most, all others in one row, and last what is not known", () => {
  const groups = [group("a", 1), group(null, 50), group("b", 9), group("c", 3), group("d", 2)];
  const { rows, others } = breakdownRows(groups, null, 2);
  expect(names(rows)).toEqual(["b", "c", "<other>", "<unknown>"]);
  expect([others, rows[2]!.orders, rows[2]!.units]).toEqual([2, 3, 6]);
  expect(rows.every((row) => row.visits === null && row.conversion === null)).toBe(true);
});

test("compares orders with visits, and what was added with what was seen, of the same group", () => {
  const counts = [...visits("spring", 200, 50, 10), ...visits("summer", 30), ...visits(null, 70, 10, 10)];
  const { rows } = breakdownRows([group("spring", 10), group(null, 4), group("rare", 2)], counts, 50);
  expect(rows.map(({ visits: count, conversion, acceptance }) => [count, conversion, acceptance])).toEqual([
    ...[
      [200, 0.05, 0.2],
      [30, 0, null],
      [70, 2 / 70, 1],
      [null, null, null],
    ],
  ]);
  // Of "rare" the visits are not distinguished from others'.
  expect(names(rows)).toEqual(["spring", "summer", "<other>", "<unknown>"]);
});

test("a visit whose device is not known is of the row of what is not known", () => {
  const { rows } = breakdownRows([group("phone", 1), group(null, 1)], [...visits("phone", 4), ...visits("", 3)], 50);
  expect(names(rows)).toEqual(["phone", "<unknown>"]);
});

const key = fc.constantFrom("", "a", "b", "c", "d", "e");
const anyGroup = fc.record({ key: fc.option(key), orders: fc.nat(9), net: fc.integer({ min: -50, max: 500 }) });
const anyVisit = fc.record({ key: fc.option(key), kind: fc.constantFrom(...VISIT_KINDS), events: fc.nat(20) });

test("rows add up to the groups, and their visits to all visits of groups that are known", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyGroup, { selector: (one) => one.key }),
      fc.option(fc.uniqueArray(anyVisit, { selector: (one) => `${one.key}/${one.kind}` })),
      fc.integer({ min: 1, max: 7 }),
      (some, counts, most) => {
        const groups = some.map(({ key: name, orders, net }) => ({ key: name, ...figures(orders, net) }));
        const { rows } = breakdownRows(groups, counts, most);
        for (const name of Object.keys(figures(0)) as (keyof BreakdownFigures)[]) {
          const sum = (all: readonly BreakdownFigures[]) => all.reduce((total, one) => total + one[name], 0);
          expect(sum(rows)).toBe(sum(groups));
        }
        expect(rows.filter(({ of }) => of.kind === "group").length).toBeLessThanOrEqual(most);
        if (counts === null) return;
        const known = counts.filter(
          (one) => one.kind === "visit-started" && (one.key !== "" || groups.some((g) => g.key === "")),
        );
        expect(rows.reduce((total, one) => total + (one.visits ?? 0), 0)).toBe(
          known.reduce((total, one) => total + one.events, 0),
        );
      },
    ),
  );
});
