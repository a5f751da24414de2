import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { foundUpgrades, type FindOptions, type FoundUpgrades } from "./found-upgrades.ts";
import type { VariantChoice } from "./variant-upgrades.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function product(id: string, title: string, priceMinor: number | null, change: Partial<CatalogueItem> = {}) {
  return {
    ...{ id, title, kind: "Tableware", vendor: null, tags: [], collections: [], priceMinor, attributes: [] },
    ...{ refundedShare: null, marginShare: null },
    ...change,
  } satisfies CatalogueItem;
}

/** Each at least a tenth dearer than the first. */
const CUP_PRICES = [1000, 1100, 1160, 1220, 1280, 1340, 1400];
const WARES = ["Hagi", "Mino", "Bizen", "Arita", "Kutani", "Hasami", "Imari"];
/** One wide type that holds cups, bowls and teapots, each in seven wares that differ in price, among other things. */
const SHELF: CatalogueItem[] = WARES.flatMap((ware, n) => [
  ...["Apron", "Lamp", "Book"].map((thing) =>
    product(`${thing}${n}`, `${thing} ${ware}`, 100 * 2 ** n, { kind: thing }),
  ),
  product(`cup${n}`, `${ware} Cup`, CUP_PRICES[n]!),
  product(`bowl${n}`, `${ware} Bowl`, 1100 + n * 50),
  product(`pot${n}`, `${ware} Teapot`, 4000 + n * 200),
]);

const times = (count: number, order: (n: number) => Order | Order[]): Order[] =>
  Array.from({ length: count }, (_, n) => order(n)).flat();

/** Twelve customers go from the cheapest cup to a bowl; all others buy at random. */
const ORDERS: Order[] = [
  ...times(12, (n) => [
    { customer: `up${n}`, at: n, items: ["cup0"] },
    { customer: `up${n}`, at: 100 + n, items: ["bowl3"] },
  ]),
  ...times(60, (n) => [
    { customer: `c${n}`, at: n, items: [SHELF[n % SHELF.length]!.id] },
    { customer: `c${n}`, at: 200 + n, items: [SHELF[(n * 5 + 7) % SHELF.length]!.id] },
  ]),
];

function find(
  orders: readonly Order[] = ORDERS,
  catalogue: readonly CatalogueItem[] = SHELF,
  options: FindOptions & { variants?: ReadonlyMap<string, readonly VariantChoice[]> } = {},
): Map<string, FoundUpgrades> {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${n}`, customer, at, item);
  });
  const { variants = new Map(), ...rest } = options;
  return new Map([...foundUpgrades(builder.build(), catalogue, variants, rest)].map((found) => [found.id, found]));
}

test("a narrow category tells the kind within a wide type, and alone where there is no type", () => {
  const filed = (kind: string | null) =>
    SHELF.map((item): CatalogueItem => {
      if (!/Cup|Bowl/.test(item.title)) return item;
      const category = `Home > Kitchen > Tableware > ${item.title.includes("Cup") ? "Cups" : "Bowls"}`;
      return { ...item, kind, category, title: item.id };
    });
  for (const kind of ["Tableware", null]) {
    const cups = find([], filed(kind)).get("cup0")!.candidates;
    expect(cups.map(({ id }) => id).sort()).toEqual(["cup1", "cup2", "cup3", "cup4", "cup5", "cup6"]);
    expect(new Set(cups.map(({ basis }) => basis))).toEqual(new Set(["type"]));
  }
  expect(find(ORDERS, filed("Tableware")).get("cup0")!.candidates[0]).toMatchObject({ id: "bowl3", basis: "moved" });
});

test("a wide product type alone makes no upgrade: the title has to name the same thing, or customers to move on", () => {
  const found = find().get("cup0")!.candidates;
  expect(found[0]).toMatchObject({ id: "bowl3", basis: "moved", evidence: { thenCustomers: 14 } });
  expect(found[0]!.evidence.expectedThenCustomers).toBeLessThan(6);
  expect(found.slice(1).map(({ id, basis }) => [id.slice(0, 3), basis])).toEqual(Array(6).fill(["cup", "alike"]));
});

test("a narrow product type says by itself what is of one kind", () => {
  const found = find(ORDERS, [
    ...SHELF,
    product("air", "Feather", 1000, { kind: "Kettles" }),
    product("pro", "Anvil", 1400, { kind: "Kettles" }),
  ]);
  expect(found.get("air")!.candidates).toMatchObject([{ id: "pro", basis: "type" }]);
});

test("in a shop of one kind of thing, moves tell what replaces what, but not what is bought along with it", () => {
  const kettles = Array.from({ length: 30 }, (_, n) =>
    product(`k${n}`, `Kettle ${n}`, 1000 + 15 * n, { kind: "Kettles" }),
  );
  const moves = times(12, (n) => [
    { customer: `up${n}`, at: n, items: ["k0"] },
    { customer: `up${n}`, at: 100 + n, items: ["k7"] },
  ]);
  const others = times(60, (n) => [
    { customer: `c${n}`, at: n, items: [`k${n % 30}`] },
    { customer: `c${n}`, at: 200 + n, items: [`k${(n * 7 + 3) % 30}`] },
  ]);
  expect(find([...moves, ...others], kettles).get("k0")!.candidates).toMatchObject([{ id: "k7", basis: "moved" }]);
  const along = times(30, (n) => ({ customer: null, at: n, items: ["k0", "k7"] }));
  expect(find([...moves, ...others, ...along], kettles).get("k0")).toBeUndefined();
});

test("what is bought in one order with the product goes with it and does not replace it", () => {
  const together = times(40, (n) => ({ customer: null, at: n, items: ["cup0", "cup4"] }));
  expect(
    find([...ORDERS, ...together])
      .get("cup0")!
      .candidates.map(({ id }) => id),
  ).not.toContain("cup4");
  expect(
    find()
      .get("cup0")!
      .candidates.map(({ id }) => id),
  ).toContain("cup4");
});

test("what is bought later, but not in the product's place, is nothing that customers moved on to", () => {
  const basisOf = (orders: readonly Order[]) =>
    find(orders)
      .get("cup0")
      ?.candidates.find(({ id }) => id === "bowl3")?.basis;
  expect(basisOf(ORDERS)).toBe("moved");
  // As many who have the bowl buy the cup later: neither replaces the other.
  const back = times(12, (n) => [
    { customer: `back${n}`, at: n, items: ["bowl3"] },
    { customer: `back${n}`, at: 100 + n, items: ["cup0"] },
  ]);
  expect(basisOf([...ORDERS, ...back])).toBeUndefined();
  // Whoever bought both in one order has not given up the one for the other.
  const both = times(12, (n) => ({ customer: `up${n}`, at: 50 + n, items: ["cup0", "bowl3"] }));
  expect(basisOf([...ORDERS, ...both])).toBeUndefined();
});

test("what costs hardly more is no upgrade, whatever the evidence", () => {
  const hardly = SHELF.map((item) =>
    item.id === "bowl3" || item.id === "cup1" ? { ...item, priceMinor: 1099 } : item,
  );
  const ids = find(ORDERS, hardly)
    .get("cup0")!
    .candidates.map(({ id }) => id);
  expect(ids).not.toContain("bowl3");
  expect(ids).not.toContain("cup1");
  expect(ids).toContain("cup2");
});

test("candidates that somebody hid take no other's place", () => {
  const narrow = Array.from({ length: 12 }, (_, n) =>
    product(`k${n}`, `Kettle ${n}`, n === 0 ? 1000 : 1100 + n, { kind: "Kettles" }),
  );
  expect(find([], [...SHELF, ...narrow]).get("k0")!.candidates).toHaveLength(10);
  const hidden = new Map([["k0", 1]]);
  expect(find([], [...SHELF, ...narrow], { hidden }).get("k0")!.candidates).toHaveLength(11);
});

test("finds larger variants of the same product within the cap", () => {
  const variants = new Map([
    ["pot0", [
      { id: "v1", options: { 1: "500 ml" }, priceMinor: 1000, orders: 0 },
      { id: "v2", options: { 1: "1 l" }, priceMinor: 1450, orders: 0 },
    ]],
  ]); // prettier-ignore
  expect(find(ORDERS, SHELF, { variants }).get("pot0")!.variants).toMatchObject([
    { of: "v1", id: "v2", from: "500 ml" },
  ]);
  expect(find(ORDERS, SHELF, { variants, priceCap: 1.4 }).get("pot0")!.variants).toEqual([]);
});

test("calls a lower refund rate a reason only where enough units were sold to tell", () => {
  const withReturns = (units: number) =>
    SHELF.map((item) => ({ ...item, refundedShare: item.id === "cup0" ? 0.1 : 0.02, soldUnits: units }));
  const codes = (units: number) =>
    find(ORDERS, withReturns(units))
      .get("cup0")!
      .candidates.flatMap(({ differences }) => differences.map(({ code }) => code));
  expect(codes(30)).not.toContain("fewer-returns");
  expect(codes(3000)).toContain("fewer-returns");
});

test("nothing comes of nothing: no orders, no products, no prices, no titles", () => {
  expect(find([], [])).toEqual(new Map());
  expect(find(ORDERS, [])).toEqual(new Map());
  expect(find(ORDERS, SHELF.map((item) => ({ ...item, priceMinor: null })))).toEqual(new Map()); // prettier-ignore
  expect(find([], SHELF.map((item) => ({ ...item, title: "", kind: null })))).toEqual(new Map()); // prettier-ignore
  expect(() => find(ORDERS, SHELF, { priceCap: 1 })).toThrow("Not a price cap");
});

test("neither the order of the catalogue nor that of the orders matters", () => {
  const expected = [...find().values()];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(SHELF, { minLength: SHELF.length }),
      fc.shuffledSubarray(ORDERS, { minLength: ORDERS.length }),
      (catalogue, orders) => {
        expect([...find(orders, catalogue).values()]).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
});
