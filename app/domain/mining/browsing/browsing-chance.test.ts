import { expect, test } from "vitest";
import { BrowsingChance, type BrowsedProduct } from "./browsing-chance.ts";

function product(
  name: string,
  byDay: Record<number, readonly [pairs: number, after: number, as: number]>,
): BrowsedProduct {
  const sums = Object.values(byDay);
  return {
    ...{ product: name, viewers: 70, buyers: 20, days: Object.keys(byDay).map(Number) },
    pairs: sums.map(([pairs]) => pairs),
    boughtAfter: sums.map(([, after]) => after),
    boughtAs: sums.map(([, , as]) => as),
  };
}

test("expects of a day what its pairs would give if they were shuffled", () => {
  const chance = new BrowsingChance([
    product("tea", { 0: [100, 10, 0] }),
    product("pot", { 0: [50, 0, 8] }),
    product("cup", { 0: [850, 30, 32] }),
  ]);
  // Of 1,000 pairs of a view 100 are the tea's and 50 the pot's; of 40 purchases after a view 10 and 8.
  expect(chance.expected("tea", "pot")).toEqual({ viewed: 5, thenBought: 2 });
  const pair = { product: "tea", companion: "pot", viewed: 25, thenBought: 1 };
  expect(chance.beyond(pair)).toEqual({ viewed: (16 - 5) / (70 + 10), thenBought: 0 });
  expect([chance.expected("tea", "gone"), chance.beyond({ ...pair, product: "gone" })]).toEqual([null, null]);
});

test("expects more of products that are sold at the same time, and nothing of those that never are", () => {
  const chance = new BrowsingChance([
    product("old", { 0: [90, 0, 0] }),
    product("new", { 1: [10, 0, 0] }),
    product("newer", { 1: [20, 0, 0] }),
    product("always", { 0: [10, 0, 0], 1: [70, 0, 0] }),
  ]);
  expect(chance.expected("new", "newer")!.viewed).toBeCloseTo((10 * 20) / 100, 12);
  expect(chance.expected("new", "old")!.viewed).toBe(0);
  expect(chance.expected("always", "new")!.viewed).toBeCloseTo((70 * 10) / 100, 12);
  expect(chance.expected("new", "always")!.viewed).toBeCloseTo((70 * 10) / 100, 12);
});
