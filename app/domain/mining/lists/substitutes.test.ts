import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { kindsOf } from "../../catalogue/kinds.ts";
import { PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import { relationsOf, type PairRelation } from "./substitutes.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function buildItem(id: string, kind: string | null, priceMinor: number | null = 1000): CatalogueItem {
  const nothing = { vendor: null, tags: [], collections: [], attributes: [], refundedShare: null, marginShare: null };
  return { id, title: id, kind, priceMinor, ...nothing };
}

const CATALOGUE = [
  buildItem("blue shirt", "Shirts"),
  buildItem("red shirt", "Shirts", 1100),
  buildItem("silk shirt", "Shirts", 9000),
  buildItem("green shirt", "Shirts"),
  buildItem("belt", "Belts"),
  buildItem("never sold", "Shirts"),
];

/** Sixty customers: half go from blue to red; belts go with blue; all of them buy something else as well. */
const ORDERS: Order[] = Array.from({ length: 60 }, (_, n) => `customer ${n}`).flatMap((customer, n) => [
  { customer, at: 1, items: n % 2 === 0 ? ["blue shirt", "belt"] : [`other ${n % 9}`, `thing ${n % 7}`] },
  { customer, at: 2, items: n % 2 === 0 ? ["red shirt"] : ["green shirt", `other ${n % 8}`] },
  { customer, at: 3, items: [`other ${n % 10}`, `thing ${n % 6}`, `more ${n % 11}`] },
]);

function relations(orders: readonly Order[], catalogue = CATALOGUE): PairRelation[] {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${n}`, customer, at, item);
  });
  const table = builder.build();
  const pairs = catalogue.flatMap((_, a) => catalogue.map((_, b) => [a, b] as const));
  return relationsOf(catalogue, pairs, kindsOf(catalogue), new PurchaseSequences(table), (position) =>
    table.itemIds.indexOf(catalogue[position]!.id),
  );
}

function between(found: readonly PairRelation[], a: string, b: string): PairRelation {
  return found.find((relation) => relation.a === a && relation.b === b)!;
}

test("calls two shirts that the same customers buy for each other substitutes", () => {
  const relation = between(relations(ORDERS), "blue shirt", "red shirt");
  expect(relation).toMatchObject({ relation: "substitute", basis: "switching" });
  expect(relation.evidence).toMatchObject({ togetherOrders: 0, switchedCustomers: 30, sameKind: true });
  expect(relation.evidence.expectedSwitched).toBeLessThan(15);
});

test("calls what is bought together complements, whatever their kind", () => {
  expect(between(relations(ORDERS), "belt", "blue shirt").relation).toBe("complement");
  const sets = ORDERS.map((order) =>
    order.items.includes("blue shirt") ? { ...order, items: ["blue shirt", "red shirt"] } : order,
  );
  expect(between(relations(sets), "blue shirt", "red shirt").relation).toBe("complement");
});

test("takes two of one kind for substitutes where no orders support buying both", () => {
  expect(between(relations(ORDERS), "blue shirt", "green shirt")).toMatchObject({
    relation: "substitute",
    basis: "same-kind",
  });
  expect(between(relations(ORDERS), "blue shirt", "never sold")).toMatchObject({ basis: "same-kind" });
});

test("leaves products of another kind or a far price unclear", () => {
  expect(between(relations(ORDERS), "belt", "green shirt").relation).toBe("unclear");
  expect(between(relations(ORDERS), "blue shirt", "silk shirt").relation).toBe("unclear");
});

test("claims nothing from an empty shop, one order, or one giant basket", () => {
  const giant = Array.from({ length: 3000 }, (_, n) => `filler ${n}`);
  for (const orders of [
    [],
    ORDERS.slice(0, 1),
    [{ customer: "a", at: NaN, items: [...giant, "belt", "blue shirt"] }],
  ]) {
    for (const found of relations(orders)) {
      expect(found.relation === "unclear" || (found.relation === "substitute" && found.basis === "same-kind")).toBe(
        true,
      );
      expect(Object.values(found.evidence).every((value) => !Number.isNaN(value))).toBe(true);
    }
  }
});

test("takes missing and impossible prices for unknown", () => {
  const unpriced = CATALOGUE.map((item, n) => ({ ...item, priceMinor: [null, NaN, -1, 0, null, null][n]! }));
  expect(between(relations(ORDERS, unpriced), "blue shirt", "red shirt")).toMatchObject({
    relation: "substitute",
    evidence: { priceRatio: null },
  });
});

test("gives the same relations whatever the order of orders and catalogue, each pair once", () => {
  const expected = relations(ORDERS);
  expect(new Set(expected.map(({ a, b }) => `${a}/${b}`)).size).toBe((6 * 5) / 2);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(ORDERS, { minLength: ORDERS.length }),
      fc.shuffledSubarray(CATALOGUE, { minLength: CATALOGUE.length }),
      (orders, catalogue) => {
        expect(relations(orders, catalogue)).toEqual(expected);
      },
    ),
    { numRuns: 10 },
  );
});
