import fc from "fast-check";
import { expect, test } from "vitest";
import { FEWEST_ORDERS_TOGETHER } from "../evidence/association.ts";
import { BasketTableBuilder, type BasketTable } from "../../baskets/basket-table.ts";
import type { CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { evidenceLimits } from "../evidence/evidence-limits.ts";
import { countPairs } from "../evidence/pair-counts.ts";
import { learntLists, type LearntList } from "./learnt-lists.ts";
import { ListedCompanions, PAGE_COMPANIONS } from "./listed-companions.ts";
import { buildModel } from "../model/model.ts";
import { LONGEST_COMPANIONS } from "../selection/published-lists.ts";
import { DAY_MS } from "../../time/day.ts";

type Order = readonly [at: number, items: readonly string[]];

function tableOf(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  orders.forEach(([at, items], n) => items.forEach((item) => builder.add(`o${n}`, `c${n % 50}`, at, item)));
  return builder.build();
}

function buildItem(id: string, title: string = id): CatalogueItem {
  const nothing = { kind: null, vendor: null, tags: [], collections: [], priceMinor: null };
  return { id, title, ...nothing, attributes: [], refundedShare: null, marginShare: null };
}

async function listsOf(orders: readonly Order[], catalogue: readonly CatalogueItem[] = []): Promise<LearntList[]> {
  const table = tableOf(orders);
  return [...learntLists(table, await buildModel(table), catalogue)];
}

/** 30 orders of a blue mug with a saucer, 5 of a red mug alone, and 200 of single things. */
const MUGS: readonly Order[] = [
  ...Array.from({ length: 30 }, (_, n): Order => [n * DAY_MS, ["blue", "saucer"]]),
  ...Array.from({ length: 5 }, (_, n): Order => [n * DAY_MS, ["red"]]),
  ...Array.from({ length: 200 }, (_, n): Order => [n * DAY_MS, [`thing${n % 20}`]]),
];
const MUG_TITLES = [
  buildItem("blue", "Blue stoneware mug"),
  buildItem("red", "Red stoneware mug"),
  buildItem("green", "Green stoneware mug"),
  buildItem("saucer", "Round plate"),
  buildItem("other", "Wool scarf"),
  ...Array.from({ length: 20 }, (_, n) => buildItem(`thing${n}`, `Thing number${n}`)),
];

test("says who put a companion there, at which place, and where plain confidence has it", async () => {
  const lists = await listsOf([
    ...Array.from({ length: 20 }, (_, n): Order => [n * 10 * DAY_MS, ["tea", "pot", "cup"]]),
    ...Array.from({ length: 10 }, (_, n): Order => [n * 10 * DAY_MS, ["tea", "pot"]]),
  ]);
  const tea = lists.find(({ item }) => item === "tea")!;
  expect(tea.ranker).toBe("confidence");
  expect(tea.companions).toMatchObject([
    { item: "pot", placedBy: "page", rank: 1, confidenceRank: 1, from: [] },
    { item: "cup", placedBy: "page", rank: 2, confidenceRank: 2, from: [] },
  ]);
  // Of 20 and 10 orders every ten days the latest 90 days hold nine and one.
  expect(tea.recentOrders).toBe(9);
  expect(tea.companions.map(({ recentTogether }) => recentTogether)).toEqual([9, 9]);
});

test("gives a product without orders the companions of those like it, and says whose they are", async () => {
  const lists = await listsOf(MUGS, MUG_TITLES);
  for (const id of ["green", "red"]) {
    const [first, ...rest] = lists.find(({ item }) => item === id)!.companions;
    expect(first).toMatchObject({ item: "saucer", placedBy: "similar", rank: 1, confidenceRank: null });
    expect(first!.from.map(({ item }) => item)).toEqual(["blue"]);
    expect(rest).toEqual([]);
  }
});

test("a new product is led by what shoppers view with it, which adds nothing to its evidence", async () => {
  const table = tableOf(MUGS);
  const model = await buildModel(table);
  const day = { days: [0], boughtAfter: [0], boughtAs: [0] };
  const products = ["green", "other", "blue"].map((product, n) => {
    return { product, viewers: 60, buyers: 0, ...day, pairs: [n === 2 ? 900 : 50] };
  });
  const pairs = ["other", "blue"].map((companion) => ({ product: "green", companion, viewed: 45, thenBought: 0 }));
  const counts = { from: 0, to: DAY_MS, visits: 900, products, pairs: [...pairs] };
  const browsing = { counts, scales: { viewed: 1, thenBought: 0 } };
  const lists = new Map([...learntLists(table, { ...model, browsing }, MUG_TITLES)].map((one) => [one.item, one]));
  // The blue mug is one of those that shoppers choose between, and chance gives as many views with it.
  expect(lists.get("green")!.companions).toMatchObject([
    {
      ...{ item: "other", placedBy: "viewed", rank: 1, confidenceRank: null, recentTogether: 0, from: [] },
      viewed: { viewers: 60, viewed: 45, thenBought: 0 },
    },
    { item: "saucer", placedBy: "similar", viewed: null },
  ]);
  const without = new Map([...learntLists(table, model, MUG_TITLES)].map((one) => [one.item, one]));
  lists.delete("green");
  without.delete("green");
  expect(lists).toEqual(without);
});

test("lends no product that was deleted", async () => {
  const left = MUG_TITLES.filter(({ id }) => id !== "saucer");
  expect((await listsOf(MUGS, left)).find(({ item }) => item === "green")).toBeUndefined();
});

test("takes nothing for a product that is like none, nor for one with companions of its own", async () => {
  const lists = await listsOf(MUGS, MUG_TITLES);
  expect(lists.find(({ item }) => item === "other")).toBeUndefined();
  expect(lists.find(({ item }) => item === "blue")!.companions).toMatchObject([{ item: "saucer", placedBy: "page" }]);
});

test("takes nothing from a similar product whose own evidence is thin", async () => {
  const few = MUGS.filter(([, items]) => !items.includes("saucer")).concat(
    Array.from({ length: 30 }, (_, n): Order => [n * DAY_MS, n < 4 ? ["blue", "saucer"] : ["blue"]]),
  );
  expect((await listsOf(few, MUG_TITLES)).find(({ item }) => item === "green")).toBeUndefined();
});

/** Two years: swimsuits with sunscreen in July and August, hats with scarves all year, single things otherwise. */
const SEASONS: readonly Order[] = Array.from({ length: 730 }, (_, day) => day).flatMap((day): Order[] => {
  const at = Date.UTC(2024, 0, 1) + day * DAY_MS;
  const summer = [6, 7].includes(new Date(at).getUTCMonth());
  return [
    [at, summer ? ["sunscreen", "swimsuit"] : ["other", `thing${day % 9}`]],
    [at, day % 3 === 0 ? ["hat", "scarf"] : [`thing${day % 11}`]],
    [at, day % 4 === 0 ? ["swimsuit"] : day % 4 === 1 ? ["sunscreen"] : [`thing${day % 7}`]],
  ];
});

test("says in which months a pair is bought together, in the lists of both, and of no other pair", async () => {
  const lists = new Map((await listsOf(SEASONS)).map(({ item, companions }) => [item, companions]));
  for (const [item, other] of [["sunscreen", "swimsuit"] as const, ["swimsuit", "sunscreen"] as const]) {
    const found = lists.get(item)!.find((companion) => companion.item === other)!;
    expect(found.season).toMatchObject({ months: [7, 8], years: 2 });
    expect(found.season!.togetherInSeason / found.season!.together).toBeGreaterThan(0.9);
    expect(found.season!.boost).toBeGreaterThan(1);
    expect(found.season!.rest).toBeLessThan(0.5);
  }
  expect(lists.get("hat")!.find(({ item }) => item === "scarf")!.season).toBeNull();
});

test("marks what is bought instead of a product, unless orders clearly support buying both", async () => {
  const shirts = [buildItem("blue", "Shirt blue"), buildItem("red", "Shirt red")].map((item) => ({
    ...item,
    kind: "Shirts",
    priceMinor: 3000,
  }));
  // Baskets of six things: two shirts meet six times, hardly more often than any two things do.
  const crowded = (together: number): Order[] => [
    ...Array.from({ length: 40 }, (_, n): Order => [n, ["blue", ...anyFive(n)]]),
    ...Array.from({ length: 40 }, (_, n): Order => [n, ["red", ...anyFive(n + 3)]]),
    ...Array.from({ length: together }, (_, n): Order => [n, ["blue", "red", ...anyFive(n).slice(1)]]),
    ...Array.from({ length: 200 }, (_, n): Order => [n, anyFive(n)]),
  ];
  const found = async (orders: readonly Order[]) =>
    (await listsOf(orders, shirts)).find(({ item }) => item === "blue")!.companions.find(({ item }) => item === "red");
  expect((await found(crowded(6)))?.insteadOf).toBe("same-kind");
  expect((await found(crowded(80)))?.insteadOf).toBeNull();
});

function anyFive(seed: number): string[] {
  return [1, 2, 3, 4, 5].map((step) => `thing${(seed * 7 + step * step) % 23}`);
}

test("has nothing to say of an empty shop, of one order, and of one product", async () => {
  expect(await listsOf([])).toEqual([]);
  expect(await listsOf([], MUG_TITLES)).toEqual([]);
  expect(await listsOf([[0, ["a"]]], [buildItem("a")])).toEqual([]);
  expect(await listsOf(Array.from({ length: 40 }, (): Order => [NaN, ["a"]]))).toEqual([]);
});

test("a basket of ten thousand products and a product in every basket leave lists bounded", async () => {
  const giant = Array.from({ length: 10_000 }, (_, n) => `g${n}`);
  const orders: Order[] = [[0, giant], ...Array.from({ length: 60 }, (_, n): Order => [n, ["bag", `g${n % 7}`]])];
  const lists = await listsOf(orders);
  for (const { item, companions } of lists) {
    expect(companions.length).toBeLessThanOrEqual(PAGE_COMPANIONS + LONGEST_COMPANIONS);
    expect(companions.some((companion) => companion.item === item)).toBe(false);
  }
});

const anyOrders = fc.array(
  fc.tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 400 }).map((day) => day * DAY_MS),
      fc.constant(NaN),
    ),
    fc.array(fc.constantFrom(..."abcdefgh"), { minLength: 1, maxLength: 5 }),
  ),
  { maxLength: 120 },
);
const anyCatalogue = fc
  .uniqueArray(fc.constantFrom(..."abcdefghijkl"), { maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) => fc.constantFrom("red mug", "blue mug", "tea", "").map((title) => buildItem(id, title))),
    ),
  );

test("lists hold no product twice nor their own, are bounded, and are the same for any order of arrival", () => {
  return fc.assert(
    fc.asyncProperty(anyOrders, anyCatalogue, fc.infiniteStream(fc.nat()), async (orders, catalogue, numbers) => {
      const lists = await listsOf(orders, catalogue);
      expect(lists.map(({ item }) => item)).toEqual(lists.map(({ item }) => item).toSorted());
      for (const { item, companions } of lists) {
        const ids = companions.map((companion) => companion.item);
        expect(new Set([item, ...ids]).size).toBe(1 + ids.length);
        expect(ids.length).toBeLessThanOrEqual(PAGE_COMPANIONS + LONGEST_COMPANIONS);
        for (const { placedBy, from } of companions) expect(from.length > 0).toBe(placedBy === "similar");
      }
      // Order ids settle equal times, so the orders keep theirs and come in another sequence.
      const builder = new BasketTableBuilder();
      const lines = orders.flatMap(([at, items], n) =>
        items.map((item) => ({ n, at, item, key: numbers.next().value! })),
      );
      for (const { n, at, item } of lines.sort((x, y) => x.key - y.key)) builder.add(`o${n}`, `c${n % 50}`, at, item);
      const table = builder.build();
      expect([...learntLists(table, await buildModel(table), catalogue.toReversed())]).toEqual(lists);
    }),
    { numRuns: 60 },
  );
});

/** Uniform numbers in [0, 1), the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

test("lists nothing for shoppers where only a few wholesale orders bring products together", async () => {
  const random = seeded(11);
  let shops = 0;
  for (let shop = 0; shop < 10; shop++) {
    const orders = Array.from({ length: 300 }, (_, n): Order => {
      const size = random() < 0.03 ? 40 : 1 + Math.floor(random() * 3);
      const items = new Set<string>();
      while (items.size < size) items.add(`p${Math.floor(80 * random() ** 1.7)}`);
      return [n * 3_600_000, [...items]];
    });
    const table = tableOf(orders);
    const model = await buildModel(table);
    const standard = evidenceLimits(countPairs(table, FEWEST_ORDERS_TOGETHER));
    const listed = new ListedCompanions(table, model, standard, 90);
    const catalogue = table.itemIds.map((id) => buildItem(id, "Thing"));
    const borrowed = [...learntLists(table, model, catalogue, { standard })].some(({ companions }) =>
      companions.some(({ placedBy }) => placedBy === "similar"),
    );
    if (borrowed || table.itemIds.some((_, item) => listed.hasEvidence(item))) shops++;
  }
  expect(shops).toBe(0);
});

test("notes of each companion which earlier one it is near-identical to", async () => {
  const colours = ["red", "blue", "green", "white", "grey", "black"];
  const orders = Array.from({ length: 60 }, (_, n): Order => [
    n * DAY_MS,
    ["tea", `mug-${colours[n % 6]}`, ...(n % 2 === 0 ? ["tray"] : [])],
  ]);
  const catalogue = [
    ...colours.map((colour) => ({ ...buildItem(`mug-${colour}`, `${colour} stoneware mug`), priceMinor: 900 })),
    ...["Tray of oak", "Wool scarf", "Felt hat", "Glass vase", "Tin box", "Paper fan"].map((title, n) => ({
      ...buildItem(n === 0 ? "tray" : title, title),
      priceMinor: 500 + 700 * n,
    })),
    { ...buildItem("tea", "Green leaf infusion"), priceMinor: 1500 },
  ];
  const tea = (await listsOf(orders, catalogue)).find(({ item }) => item === "tea")!;
  const mugs = tea.companions.filter(({ item }) => item.startsWith("mug-"));
  expect(mugs).toHaveLength(6);
  expect(mugs.map(({ nearIdenticalTo }) => nearIdenticalTo)).toEqual([null, ...Array(5).fill(mugs[0]!.item)]);
  expect(tea.companions.find(({ item }) => item === "tray")!.nearIdenticalTo).toBeNull();
});
