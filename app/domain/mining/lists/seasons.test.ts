import fc from "fast-check";
import { expect, test } from "vitest";
import { BasketTableBuilder, type BasketTable } from "../../baskets/basket-table.ts";
import { seasonalAssociations, seasonFactor } from "./seasons.ts";

type Order = { customer: string | null; at: number; items: readonly string[] };

function build(orders: readonly Order[]): BasketTable {
  const builder = new BasketTableBuilder();
  orders.forEach(({ customer, at, items }, n) => {
    for (const item of items) builder.add(`${n}`, customer, at, item);
  });
  return builder.build();
}

function allPairs(table: BasketTable): [number, number][] {
  return table.itemIds.flatMap((_, a) => table.itemIds.map((_, b) => [a, b] as [number, number]));
}

/** A small generator of even numbers in [0, 1), the same in every run. */
function evenNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** `years` years of 40 orders a month; `basket(month from 0, calendar month, n)` gives an order's items. */
function shop(years: number, basket: (month: number, calendarMonth: number, n: number) => readonly string[]): Order[] {
  return Array.from({ length: years * 12 }, (_, m) => m).flatMap((m) =>
    Array.from({ length: 40 }, (_, n) => ({
      customer: null,
      at: Date.UTC(2023, m, 1 + (n % 28)),
      items: basket(m % 12, m, n),
    })),
  );
}

const SUMMER = shop(2, (month, _, n) => [
  ...(n < (month === 6 || month === 7 ? 20 : 1) ? ["sunscreen", "swimwear"] : []),
  ...(n % 10 === 3 ? ["cup", "tea"] : ["bread"]),
]);

test("finds swimwear and sunscreen in July and August, and no season for tea and cup", () => {
  const table = build(SUMMER);
  const seasons = seasonalAssociations(table, allPairs(table)).filter(({ a }) => a !== "bread" && a !== "cup");
  const found = seasons.find(({ a, b }) => a === "sunscreen" && b === "swimwear")!;
  expect(found).toMatchObject({ months: [7, 8], together: 100, togetherInSeason: 80, years: 2 });
  expect(found.strength).toBeGreaterThan(5);
  expect(seasonalAssociations(table, [[table.itemIds.indexOf("cup"), table.itemIds.indexOf("tea")]])).toEqual([]);
});

test("boosts the pair in season and rests it out of it", () => {
  const table = build(SUMMER);
  const season = seasonalAssociations(table, allPairs(table)).find(({ b }) => b === "swimwear")!;
  expect(seasonFactor(season, 7)).toBeGreaterThan(1.5);
  expect(seasonFactor(season, 12)).toBeLessThan(0.4);
});

test("finds a season that spans the new year", () => {
  const table = build(shop(3, (month, _, n) => (n < (month === 11 || month === 0 ? 15 : 1) ? ["sake", "cup"] : ["x"])));
  const [season] = seasonalAssociations(table, allPairs(table));
  expect(season!.months).toEqual([12, 1]);
  expect(season!.years).toBe(2); // the January that the history opens with and its last December are halves of seasons
});

test("says nothing for less than a year of history", () => {
  const table = build(SUMMER.filter(({ at }) => at < Date.UTC(2023, 11, 1)));
  expect(seasonalAssociations(table, allPairs(table))).toEqual([]);
});

test("does not mistake a product launched lately, or one taken off sale, for a season", () => {
  const launched = build(shop(2, (_, m, n) => (m >= 20 && n < 20 ? ["new", "cup"] : n % 4 === 0 ? ["cup"] : ["x"])));
  expect(seasonalAssociations(launched, allPairs(launched))).toEqual([]);
  const ended = build(shop(2, (_, m, n) => (m < 5 && n < 20 ? ["old", "cup"] : n % 4 === 0 ? ["cup"] : ["x"])));
  expect(seasonalAssociations(ended, allPairs(ended))).toEqual([]);
});

/** Poisson counts by multiplication (Knuth). */
function poisson(next: () => number, mean: number): number {
  let count = -1;
  for (let left = Math.exp(mean); left >= 1; left *= next()) count++;
  return count;
}

/** Orders of a hundred pairs whose rates drift steadily, up or down, and do nothing else. */
function driftingShop(seed: number, months: number, factor: number): BasketTable {
  const next = evenNumbers(seed);
  const orders = Array.from({ length: months }, (_, m) => m).flatMap((m) =>
    Array.from({ length: 20 }, (_, pair) => pair).flatMap((pair) => {
      const rate = 4 * (pair % 2 === 0 ? factor : 1 / factor) ** (m - months / 2);
      return Array.from({ length: poisson(next, rate) }, (_, n) => ({
        customer: null,
        at: Date.UTC(2023, m, 1 + (n % 28)),
        items: [`a${pair}`, `b${pair}`],
      }));
    }),
  );
  return build(orders);
}

test.each([13, 18, 24, 30, 36])("finds no season where pairs rise or fall steadily over %i months", (months) => {
  for (const factor of [1.03, 1.1, 1.2]) {
    const table = driftingShop(months, months, months * Math.log(factor) > 5 ? 1.03 : factor);
    const pairs = Array.from({ length: 20 }, (_, n): [number, number] => [
      table.itemIds.indexOf(`a${n}`),
      table.itemIds.indexOf(`b${n}`),
    ]);
    expect(seasonalAssociations(table, pairs)).toEqual([]);
  }
});

test("finds no season in one year, however strong, nor where a second year shows the contrary", () => {
  const once = shop(2, (_, m, n) => (n < (m === 6 || m === 7 ? 20 : 1) ? ["a", "b"] : n % 4 === 0 ? ["a"] : ["b"]));
  expect(seasonalAssociations(build(once), allPairs(build(once)))).toEqual([]);
  const alternating = shop(2, (_, m, n) => (n < ([6, 7, 12, 13].includes(m) ? 20 : 1) ? ["a", "b"] : ["b"]));
  expect(seasonalAssociations(build(alternating), allPairs(build(alternating)))).toEqual([]);
});

test("finds the season of a pair that also rises from year to year", () => {
  const rising = shop(3, (month, m, n) => {
    const usual = 1.5 * 1.03 ** m;
    return n < (month === 6 || month === 7 ? 4 * usual : usual) ? ["a", "b"] : n % 4 === 0 ? ["a"] : ["b", "c"];
  });
  const table = build(rising);
  const found = seasonalAssociations(table, allPairs(table)).find(({ a, b }) => a === "a" && b === "b")!;
  expect(found).toMatchObject({ months: [7, 8], years: 3 });
});

test("does not mistake a busy month of the whole shop for a season", () => {
  const orders = shop(2, (_, __, n) => (n % 8 === 0 ? ["a", "b"] : ["x"]));
  const december = orders.filter(({ at }) => new Date(at).getUTCMonth() === 11);
  const table = build([...orders, ...december, ...december, ...december]);
  expect(seasonalAssociations(table, allPairs(table))).toEqual([]);
});

test("does not mistake a month of giant baskets for a season of all that is in them", () => {
  const orders = shop(2, (_, __, n) => (n % 8 === 0 ? ["a", "b"] : ["x"]));
  const everything = ["a", "b", "x", ...Array.from({ length: 200 }, (_, n) => `filler ${n}`)];
  const giants = Array.from({ length: 60 }, (_, n) => ({
    customer: null,
    at: Date.UTC(2024, 4, 1 + (n % 30)),
    items: everything,
  }));
  const table = build([...orders, ...giants]);
  expect(
    seasonalAssociations(
      table,
      allPairs(table).filter(([a, b]) => a < 5 && b < 5),
    ),
  ).toEqual([]);
});

test("counts one customer's many orders of a month once", () => {
  const base = shop(2, (_, m, n) => (n === 0 && m % 2 === 0 ? ["a", "b"] : ["x"]));
  const keen = Array.from({ length: 40 }, (_, n) => ({
    customer: "k",
    at: Date.UTC(2023, 6, n % 28),
    items: ["a", "b"],
  }));
  expect(seasonalAssociations(build([...base, ...keen]), [[0, 1]])).toEqual([]);
});

test("finds next to nothing among many pairs without seasons", () => {
  const next = evenNumbers(7);
  const items = Array.from({ length: 60 }, (_, n) => `item-${n}`);
  const table = build(shop(2, () => items.filter(() => next() < 0.2)));
  expect(seasonalAssociations(table, allPairs(table)).length).toBeLessThanOrEqual(1);
});

test("gives nothing, and does not fail, for an empty shop, one order, dates unknown and orders numbered only", () => {
  expect(seasonalAssociations(build([]), [[0, 1]])).toEqual([]);
  expect(seasonalAssociations(build(SUMMER.slice(0, 1)), [[0, 1]])).toEqual([]);
  expect(seasonalAssociations(build(SUMMER.map((order) => ({ ...order, at: NaN }))), [[0, 1]])).toEqual([]);
  expect(seasonalAssociations(build(SUMMER.map((order, n) => ({ ...order, at: n }))), [[0, 1]])).toEqual([]);
  expect(
    seasonalAssociations(build(SUMMER), [
      [0, 0],
      [NaN, 1],
      [-1, 2],
      [0, 99],
    ]),
  ).toEqual([]);
});

test("gives the same seasons whatever the order of arrival and of the pairs", () => {
  const expected = seasonalAssociations(build(SUMMER), allPairs(build(SUMMER)));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: SUMMER.length - 1 }), (turn) => {
      const table = build([...SUMMER.slice(turn), ...SUMMER.slice(0, turn)]);
      expect(seasonalAssociations(table, allPairs(table).reverse())).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});
