import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder } from "../../baskets/basket-table.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import { buildModel } from "./model.ts";
import { LONGEST_COMPANIONS } from "../selection/published-lists.ts";
import { deserialiseModel, serialiseModel } from "./serialised-model.ts";
import { Suggester } from "./suggest.ts";

type Line = readonly [order: string, customer: string | null, at: number, item: string];

function tableOf(lines: readonly Line[]): BasketTable {
  const builder = new BasketTableBuilder();
  for (const line of lines) builder.add(...line);
  return builder.build();
}

function modelOf(lines: readonly Line[]) {
  return buildModel(tableOf(lines));
}

/** Orders of two kinds of shoppers: tea drinkers buy from t0..t5, painters from p0..p5; enough to choose by. */
function twoTastes(orders: number): Line[] {
  const lines: Line[] = [];
  for (let order = 0; order < orders; order++) {
    const taste = order % 2 === 0 ? "t" : "p";
    const size = 2 + (order % 3);
    for (let k = 0; k < size; k++)
      lines.push([`o${order}`, `c${order % 40}`, order, `${taste}${(order * 7 + k * k) % 6}`]);
  }
  return lines;
}

const shops = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 90 }).map((order) => `o${order}`),
    fc.option(fc.constantFrom("c1", "c2", "c3")),
    fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(NaN)),
    fc.constantFrom(..."abcdefgh"),
  ),
  { maxLength: 300 },
);

test("the same orders give the same model whatever the order of their arrival", () => {
  return fc.assert(
    fc.asyncProperty(
      shops.chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
      async ([lines, shuffled]) => {
        expect(serialiseModel(await modelOf(shuffled))).toEqual(serialiseModel(await modelOf(lines)));
      },
    ),
    { numRuns: 40 },
  );
});

test("no companion is the item itself, and lists are sorted, distinct and bounded", () => {
  return fc.assert(
    fc.asyncProperty(shops, async (lines) => {
      const { companions, itemIds } = await modelOf(lines);
      for (let item = 0; item < itemIds.length; item++) {
        const row = [...companions.companion.subarray(companions.start[item], companions.start[item + 1])];
        const weights = [...companions.weight.subarray(companions.start[item], companions.start[item + 1])];
        expect(row).not.toContain(item);
        expect(new Set(row).size).toBe(row.length);
        expect(row.length).toBeLessThanOrEqual(LONGEST_COMPANIONS);
        expect(weights).toEqual(weights.toSorted((a, b) => b - a));
      }
    }),
    { numRuns: 40 },
  );
});

test("a suggestion is never in the cart, and the list is full while the catalogue lasts", () => {
  return fc.assert(
    fc.asyncProperty(
      shops,
      fc.subarray([..."abcdefgh", "unknown"]),
      fc.option(fc.constantFrom("c1", "x")),
      async (lines, items, customer) => {
        const model = await modelOf(lines);
        const suggested = new Suggester(model).suggest({ items, customer }, 4).map(({ item }) => item);
        expect(suggested.filter((item) => items.includes(item))).toEqual([]);
        const left = model.itemIds.filter((item) => !items.includes(item)).length;
        if (customer === null) expect(suggested.length).toBe(Math.min(4, left));
        expect(new Set(suggested).size).toBe(suggested.length);
      },
    ),
    { numRuns: 60 },
  );
});

test("a stored model answers as the one it was made from", async () => {
  const model = await modelOf(twoTastes(400));
  const files = new Map(serialiseModel(model).map(({ name, bytes }) => [name, bytes]));
  const read = deserialiseModel((name) => files.get(name)!);
  if ("code" in read) throw new Error(read.detail);
  for (const items of [["t0"], ["t1", "t4"], [], ["p2", "t3", "p0"]]) {
    for (const customer of [null, "c1", "c2"]) {
      const query = { items, customer };
      expect(new Suggester(read).suggest(query, 10)).toEqual(new Suggester(model).suggest(query, 10));
    }
  }
});

test("a model in Buffers that share one pool, as small files are read, is read back the same", async () => {
  const model = await modelOf(twoTastes(60));
  const pool = Buffer.alloc(1 << 20, 0xff);
  let at = 4;
  const read = deserialiseModel((name) => {
    const { bytes } = serialiseModel(model).find((file) => file.name === name)!;
    pool.set(bytes, at);
    return pool.subarray(at, (at += bytes.length + 4) - 4);
  });
  if ("code" in read) throw new Error(read.detail);
  pool.fill(0);
  expect(serialiseModel(read)).toEqual(serialiseModel(model));
});

test("a model of another version, or cut short, is refused and not misread", async () => {
  const files = new Map(serialiseModel(await modelOf(twoTastes(60))).map(({ name, bytes }) => [name, bytes]));
  const later = new TextEncoder().encode(
    new TextDecoder().decode(files.get("model.json")).replace('"version": 2', '"version": 9'),
  );
  expect(deserialiseModel((name) => (name === "model.json" ? later : files.get(name)!))).toMatchObject({
    code: "unknown-version",
  });
  expect(
    deserialiseModel((name) => (name === "arrays.bin" ? files.get(name)!.slice(0, -8) : files.get(name)!)),
  ).toMatchObject({ code: "damaged" });
});

test("suggests to tea drinkers tea and to painters paint, and keeps the figures of every ranker", async () => {
  const model = await modelOf(twoTastes(600));
  const suggester = new Suggester(model);
  expect(suggester.suggest({ items: ["t0"] }, 3).map(({ item }) => item[0])).toEqual(["t", "t", "t"]);
  expect(suggester.suggest({ items: ["p1", "p3"] }, 3).map(({ item }) => item[0])).toEqual(["p", "p", "p"]);
  const names = model.report.cart.contenders.map(({ name }) => name);
  expect(names).toEqual([
    "popularity",
    "confidence",
    "neighbour-ridge",
    "blend",
    "best-rule",
    "basket-neighbours",
    "basket-blend",
  ]);
  for (const { slices } of model.report.cart.contenders) expect(slices.length).toBe(4);
});

test("learning again with an earlier choice gives the model that choosing gave", async () => {
  const table = tableOf(twoTastes(400));
  const chosen = await buildModel(table);
  const selection = JSON.parse(JSON.stringify(chosen.report)) as typeof chosen.report;
  expect(serialiseModel(await buildModel(table, { selection }))).toEqual(serialiseModel(chosen));
});

test("suggests a one-time purchase to customers who do not have it, and to no others", async () => {
  // Tea is bought again and again; the kettle goes with all of it, and nobody ever buys two.
  const lines: Line[] = [];
  for (let customer = 0; customer < 300; customer++) {
    for (let visit = 0; visit < 5; visit++) {
      const order = `o${customer}-${visit}`;
      lines.push([order, `c${customer}`, visit * 1000 + customer, `tea${customer % 4}`]);
      lines.push([order, `c${customer}`, visit * 1000 + customer, `cake${visit % 2}`]);
      if (visit === customer % 3) lines.push([order, `c${customer}`, visit * 1000 + customer, "kettle"]);
    }
  }
  const suggester = new Suggester(await modelOf(lines));
  const offered = (customer: string | null) =>
    suggester.suggest({ items: ["tea0"], customer }, 20).map(({ item }) => item);
  expect(offered(null)).toContain("kettle");
  expect(offered("c0")).not.toContain("kettle");
  expect(offered("c0")).toContain("cake0");
  expect(suggester.suggestNext({ customer: "c0", at: null }, 20).map(({ item }) => item)).not.toContain("kettle");
});

test.each([
  ["an empty shop", []],
  [
    "one order",
    [
      ["o1", "c1", 1, "a"],
      ["o1", "c1", 1, "b"],
    ],
  ],
  ["one product", Array.from({ length: 200 }, (_, k): Line => [`o${k}`, null, k, "a"])],
  ["orders without dates", twoTastes(200).map(([order, customer, , item]): Line => [order, customer, NaN, item])],
  [
    "a product in every basket",
    Array.from({ length: 300 }, (_, k): Line[] => [
      [`o${k}`, null, k, "bag"],
      [`o${k}`, null, k, `x${k % 5}`],
    ]).flat(),
  ],
] as const)("%s gives a defined model that invents nothing", async (_, lines) => {
  const model = await modelOf(lines as readonly Line[]);
  for (const weight of model.companions.weight) expect(Number.isFinite(weight)).toBe(true);
  const bought = new Set(lines.map(([, , , item]) => item));
  for (const { item, score } of new Suggester(model).suggest({ items: ["bag"], customer: "c1" }, 5)) {
    expect(bought.has(item)).toBe(true);
    expect(Number.isFinite(score)).toBe(true);
  }
});

test("one basket of ten thousand items is taken in, and its pairs are learnt from nothing else", async () => {
  const giant = Array.from({ length: 10_000 }, (_, k): Line => ["giant", null, 0, `i${k}`]);
  const model = await modelOf([...giant, ...twoTastes(100)]);
  expect(new Suggester(model).suggest({ items: ["t0"] }, 3).map(({ item }) => item[0])).toEqual(["t", "t", "t"]);
});
