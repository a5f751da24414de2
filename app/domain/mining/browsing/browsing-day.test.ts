import fc from "fast-check";
import { expect, test } from "vitest";
import { BrowsingDayCounter, type BrowsingDay, type ProductView } from "./browsing-day.ts";

const MINUTE = 60_000;

function dayOf(views: readonly ProductView[], orders: readonly (readonly [string[], string[]])[] = []): BrowsingDay {
  const counter = new BrowsingDayCounter();
  const sorted = views.toSorted((a, b) => (a.visitor === b.visitor ? a.at - b.at : a.visitor < b.visitor ? -1 : 1));
  for (const view of sorted) counter.addView(view);
  for (const [viewed, bought] of orders) counter.addOrder(viewed, bought);
  return counter.day();
}

/** Views of one visitor, a minute apart. */
const visit = (visitor: string, products: readonly string[], from = 0): ProductView[] =>
  products.map((product, n) => ({ visitor, at: from + n * MINUTE, product }));

/** "a+b" -> visitors who viewed both. */
const viewedPairs = ({ products }: BrowsingDay): Map<string, number> =>
  new Map(
    products.flatMap(({ product, companions }) =>
      companions
        .filter(({ companion, viewed }) => product < companion && viewed > 0)
        .map(({ companion, viewed }) => [`${product}+${companion}`, viewed] as const),
    ),
  );

test("counts products that were viewed in one visit, each pair once per visitor", () => {
  const day = dayOf([
    ...visit("v1", ["tea", "pot", "tea", "cup"]),
    ...visit("v1", ["tea", "pot"], 10 * 60 * MINUTE),
    ...visit("v2", ["pot", "tea"]),
    ...visit("v3", ["cup"]),
  ]);
  expect([day.visits, day.visitors, day.leftOut]).toEqual([4, 3, 0]);
  expect(viewedPairs(day)).toEqual(
    new Map([
      ["cup+pot", 1],
      ["cup+tea", 1],
      ["pot+tea", 2],
    ]),
  );
  const [cup, pot] = day.products;
  // Who viewed one product alone met nothing.
  expect(cup).toMatchObject({ product: "cup", viewers: 1, pairs: 2 });
  expect(pot).toMatchObject({ product: "pot", viewers: 2, pairs: 3 });
});

test("a pause of half an hour ends a visit", () => {
  const views = (pause: number) => [...visit("v", ["tea"]), ...visit("v", ["pot"], pause)];
  expect(viewedPairs(dayOf(views(30 * MINUTE))).size).toBe(1);
  expect(viewedPairs(dayOf(views(30 * MINUTE + 1))).size).toBe(0);
});

test("pairs only products that were viewed near each other", () => {
  const products = Array.from({ length: 12 }, (_, n) => String.fromCharCode(97 + n));
  const pairs = viewedPairs(dayOf(visit("v", products)));
  expect([pairs.has("a+k"), pairs.has("a+l")]).toEqual([true, false]);
});

test("leaves out visitors who look at more than a person does, and nobody else", () => {
  const many = Array.from({ length: 61 }, (_, n) => `p${n}`);
  const again = Array.from({ length: 301 }, (_, n) => `p${n % 5}`);
  const day = dayOf([...visit("bot", many), ...visit("reloads", again), ...visit("person", many.slice(0, 60))]);
  expect([day.leftOut, day.visitors]).toEqual([2, 1]);
  expect(day.products).toHaveLength(60);
});

test("counts what buyers had viewed before what they bought, in that direction alone", () => {
  const day = dayOf(
    [],
    [
      [
        ["tea", "pot", "tea"],
        ["pot", "cup"],
      ],
      [["tea"], ["cup"]],
      [["tea"], []],
      [[], ["cup"]],
    ],
  );
  const byId = new Map(day.products.map((one) => [one.product, one]));
  expect(day.buyers).toBe(2);
  expect(byId.get("tea")).toMatchObject({
    ...{ buyers: 2, boughtAfter: 3, boughtAs: 0 },
    companions: [
      { companion: "cup", viewed: 0, thenBought: 2 },
      { companion: "pot", viewed: 0, thenBought: 1 },
    ],
  });
  expect(byId.get("cup")).toMatchObject({ buyers: 0, boughtAfter: 0, boughtAs: 3, companions: [] });
});

test("of few views, counts what a brute force counts", () => {
  const views = fc.array(
    fc.record({
      visitor: fc.constantFrom("v1", "v2", "v3"),
      at: fc.integer({ min: 0, max: 100 }).map((minutes) => minutes * MINUTE),
      product: fc.constantFrom("a", "b", "c", "d"),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(views, (given) => {
      const expected = new Map<string, Set<string>>();
      for (const one of given) {
        for (const other of given) {
          if (one.visitor !== other.visitor || one.product >= other.product) continue;
          if (!inOneVisit(given, one, other)) continue;
          const pair = `${one.product}+${other.product}`;
          expected.set(pair, (expected.get(pair) ?? new Set()).add(one.visitor));
        }
      }
      const day = dayOf(given);
      expect(viewedPairs(day)).toEqual(new Map([...expected].map(([pair, visitors]) => [pair, visitors.size])));
      for (const { product, pairs, companions } of day.products) {
        expect({ product, pairs }).toEqual({ product, pairs: companions.reduce((sum, { viewed }) => sum + viewed, 0) });
      }
    }),
  );
});

/** Whether no pause of the visitor lies between two views. */
function inOneVisit(views: readonly ProductView[], one: ProductView, other: ProductView): boolean {
  const [from, to] = [Math.min(one.at, other.at), Math.max(one.at, other.at)];
  const times = views
    .filter(({ visitor, at }) => visitor === one.visitor && at >= from && at <= to)
    .map(({ at }) => at);
  return times.toSorted((a, b) => a - b).every((at, n, all) => n === 0 || at - all[n - 1]! <= 30 * MINUTE);
}
