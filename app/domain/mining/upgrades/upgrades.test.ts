import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProductAttribute } from "../../catalogue/attribute.ts";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { kindsOf } from "../../catalogue/kinds.ts";
import { PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import { upgradeCandidates, type UpgradeCandidate, type UpgradeOptions } from "./upgrades.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function buildItem(item: Partial<CatalogueItem> & { id: string }): CatalogueItem {
  return {
    title: item.id,
    kind: "Kettles",
    vendor: null,
    tags: [],
    collections: [],
    priceMinor: 1000,
    attributes: [],
    refundedShare: null,
    marginShare: null,
    ...item,
  };
}

const attributesOf = (body: string, keepsWarm: boolean): ProductAttribute[] => [
  { kind: "text", name: "Body", values: [body] },
  { kind: "flag", name: "Keeps warm", is: keepsWarm },
];

const KETTLES = [
  buildItem({ id: "plain", title: "Kettle 800 ml", attributes: attributesOf("Steel", false), tags: ["kitchen"] }),
  buildItem({
    id: "fine",
    priceMinor: 1400,
    title: "Kettle 1.2 L",
    attributes: attributesOf("Copper", true),
    tags: ["Kitchen", "quiet"],
  }),
  buildItem({ id: "wanted", priceMinor: 1500 }),
  buildItem({ id: "dear", priceMinor: 1501 }),
  buildItem({ id: "cheap", priceMinor: 1000 }),
  buildItem({ id: "lamp", priceMinor: 1200, kind: "Lamps" }),
];

const ORDERS: Order[] = [
  ...Array.from({ length: 8 }, (_, n) => [
    { customer: `c${n}`, at: 1, items: ["plain"] },
    { customer: `c${n}`, at: 2, items: [n < 6 ? "wanted" : "dear"] },
  ]).flat(),
  ...Array.from({ length: 10 }, (_, n) => ({ customer: null, at: n, items: ["fine", "lamp"] })),
];

function upgrades(
  catalogue: readonly CatalogueItem[] = KETTLES,
  { orders = ORDERS, of = "plain", ...options }: UpgradeOptions & { orders?: readonly Order[]; of?: string } = {},
): UpgradeCandidate[] {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${n}`, customer, at, item);
  });
  const table = builder.build();
  return upgradeCandidates(
    catalogue,
    catalogue.findIndex(({ id }) => id === of),
    kindsOf(catalogue),
    new PurchaseSequences(table),
    (position) => table.itemIds.indexOf(catalogue[position]?.id ?? ""),
    options,
  );
}

test("offers the same kind within one and a half times the price, what buyers go on to buy first", () => {
  const found = upgrades();
  expect(found.map(({ id }) => id)).toEqual(["wanted", "fine"]);
  expect(found[0]).toMatchObject({
    priceRatio: 1.5,
    priceDifferenceMinor: 500,
    evidence: { thenCustomers: 6, orders: 6 },
  });
});

test("keeps to the cap that the merchant sets", () => {
  expect(upgrades(KETTLES, { priceCap: 2 }).map(({ id }) => id)).toContain("dear");
  expect(upgrades(KETTLES, { priceCap: 1.45 }).map(({ id }) => id)).toEqual(["fine"]);
  expect(() => upgrades(KETTLES, { priceCap: 1 })).toThrow("Not a price cap");
});

test("names what the dearer one has more", () => {
  const fine = upgrades().find(({ id }) => id === "fine")!;
  expect(fine.differences).toEqual([
    { code: "size", measure: "volume", times: 1.5, from: "800 ml", to: "1.2 L" },
    { code: "gained", name: "Keeps warm" },
    { code: "attribute", name: "Body", from: ["Steel"], to: ["Copper"] },
    { code: "benefit", tag: "quiet" },
  ]);
});

test("ranks what is sent back often lower, and a better margin higher", () => {
  const sentBack = KETTLES.map((item) =>
    item.id === "wanted" ? { ...item, refundedShare: 0.9 } : { ...item, refundedShare: 0.01 },
  );
  expect(upgrades(sentBack)[0]!.id).toBe("fine");
  const scoreOfFine = (marginShare: number | null) => {
    const catalogue = KETTLES.map((item) => ({ ...item, marginShare: item.id === "fine" ? marginShare : 0.4 }));
    return upgrades(catalogue).find(({ id }) => id === "fine")!.score;
  };
  expect(scoreOfFine(0.7)).toBeGreaterThan(scoreOfFine(0.4));
  expect(scoreOfFine(null)).toBeCloseTo(scoreOfFine(0.4), 12);
});

test("works without categories, by titles", () => {
  const catalogue = [
    buildItem({ id: "plain", kind: null, title: "Steel kettle 0.8 L" }),
    buildItem({ id: "fine", kind: null, title: "Steel kettle 1.2 L", priceMinor: 1400 }),
    buildItem({ id: "lamp", kind: null, title: "Paper lamp", priceMinor: 1200 }),
    buildItem({ id: "rug", kind: "", title: "Wool rug", priceMinor: 1200 }),
  ];
  const found = upgrades(catalogue);
  expect(found.map(({ id }) => id)).toEqual(["fine"]);
  expect(found[0]!.differences[0]).toMatchObject({ code: "size", measure: "volume" });
});

test("offers nothing where prices are missing or impossible, and ranks by nothing it has not seen", () => {
  for (const priceMinor of [null, NaN, 0, -3]) {
    expect(upgrades(KETTLES.map((item) => ({ ...item, priceMinor })))).toEqual([]);
  }
  for (const candidate of upgrades(KETTLES, { orders: [] })) {
    expect(candidate).toMatchObject({ score: 0, evidence: { thenCustomers: 0, bothCustomers: 0, orders: 0 } });
  }
  expect(upgrades([])).toEqual([]);
});

test("candidates are sorted, bounded, dearer within the cap, never the product, and free of any order of arrival", () => {
  const price = fc.constantFrom(null, NaN, 900, 1000, 1200, 1500, 1501);
  const share = fc.constantFrom(null, NaN, -1, 0, 0.3, 1);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(price, share, share), { minLength: 2, maxLength: 20 }),
      fc.shuffledSubarray(ORDERS, { minLength: ORDERS.length }),
      (fields, orders) => {
        const ids = ["plain", "fine", "wanted", "dear", "cheap"];
        const catalogue = fields.map(([priceMinor, refundedShare, marginShare], n) =>
          buildItem({ id: ids[n] ?? `k${n}`, priceMinor, refundedShare, marginShare }),
        );
        const found = upgrades(catalogue);
        expect(found.length).toBeLessThanOrEqual(10);
        found.forEach(({ id, priceRatio, score }, n) => {
          expect(id).not.toBe("plain");
          expect(priceRatio > 1 && priceRatio <= 1.5).toBe(true);
          expect(score >= 0 && score <= (found[n - 1]?.score ?? Infinity)).toBe(true);
        });
        expect(upgrades([...catalogue].reverse(), { orders })).toEqual(found);
      },
    ),
    { numRuns: 60 },
  );
});
