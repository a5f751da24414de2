import { expect, test } from "vitest";
import type { PublishedOffer } from "./published.ts";
import { rankForCart, withinAddOnCap } from "./rank-for-cart.ts";

const offer = (product: string, discountBasisPoints: number, companions: Record<string, number>): PublishedOffer => ({
  version: 1,
  id: `bt-${product}`,
  discountBasisPoints,
  set: 3,
  companions: Object.entries(companions)
    .map(([companion, weight]) => ({ product: companion, weight }))
    .sort((a, b) => b.weight - a.weight),
});

test("what goes with the whole cart outranks what goes well with one product", () => {
  const ranked = rankForCart(
    new Map([
      ["1", offer("1", 1000, { "10": 0.5, "11": 0.4 })],
      ["2", offer("2", 500, { "11": 0.3 })],
    ]),
  );
  expect(ranked.map((suggestion) => suggestion.product)).toEqual(["11", "10"]);
  expect(ranked[0]).toMatchObject({ offerId: "bt-1", discountBasisPoints: 1000 });
  expect(ranked[0]!.weight).toBeCloseTo(0.7);
});

test("what is in the cart already is not suggested, with an offer of its own or without", () =>
  expect(
    rankForCart(
      new Map([
        ["1", offer("1", 0, { "2": 0.9, "3": 0.8 })],
        ["2", offer("2", 0, { "1": 0.9 })],
        ["3", null],
      ]),
    ),
  ).toEqual([]));

test("a companion beyond the listed eight gets no discount", () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i + 10), 1 - i / 10]));
  const ranked = rankForCart(new Map([["1", offer("1", 1000, many)]]));
  expect(ranked.map((suggestion) => suggestion.discountBasisPoints)).toEqual([...Array<number>(8).fill(1000), 0]);
});

test("an add-on costs at most its share of the cart", () => {
  expect(withinAddOnCap(1000, 4000, 2500)).toBe(true);
  expect(withinAddOnCap(1001, 4000, 2500)).toBe(false);
});
