import { expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import { chooseCompanions, type MinedCompanion, type OfferableProduct } from "./choose-companions.ts";

const product = (number: number): ProductId => gid("Product", number);
const mined = (number: number, score: number, grade: MinedCompanion["grade"] = "strong"): MinedCompanion => ({
  product: product(number),
  score,
  weight: score,
  grade,
  source: "mined",
  withheld: null,
  nearIdenticalTo: null,
});
const forSale: OfferableProduct = { published: true, inStock: true, isGiftCard: false };
const choose = (input: Partial<Parameters<typeof chooseCompanions>[0]>) =>
  chooseCompanions({
    trigger: product(1),
    mined: [],
    pinned: [],
    blocked: new Set(),
    catalogue: new Map(Array.from({ length: 20 }, (_, i) => [product(i + 1), forSale])),
    limit: 8,
    ...input,
  });
const numbers = (choice: ReturnType<typeof choose>) =>
  choice.companions.map((c) => Number(c.product.split("/").at(-1)));

test("pins come first in the merchant's order, then the best scores", () => {
  const choice = choose({
    pinned: [product(9), product(3)],
    mined: [mined(2, 0.2), mined(3, 0.9), mined(4, 0.4, "fair")],
  });
  expect(numbers(choice)).toEqual([9, 3, 4, 2]);
  expect(choice.companions[1]).toEqual({ product: product(3), source: "pinned", weight: 0.9 });
  expect(choice.companions[0]).toEqual({ product: product(9), source: "pinned", weight: 0 });
});

test("takes one of near-identical products, the best that can be had, and all that are pinned", () => {
  const cup = (number: number, score: number) => ({ ...mined(number, score), nearIdenticalTo: product(2) });
  const cups = [mined(2, 0.9), cup(3, 0.8), cup(4, 0.7), mined(5, 0.1)];
  expect(numbers(choose({ mined: cups }))).toEqual([2, 5]);
  expect(choose({ mined: cups }).leftOut).toEqual([3, 4].map((n) => ({ product: product(n), code: "near-identical" })));
  expect(numbers(choose({ mined: cups, pinned: [product(4)] }))).toEqual([4, 5]);
  expect(numbers(choose({ mined: cups, pinned: [product(4), product(3)] }))).toEqual([4, 3, 5]);
  expect(numbers(choose({ mined: cups, blocked: new Set([product(2)]) }))).toEqual([3, 5]);
  const soldOut = new Map([2, 3, 4, 5].map((n) => [product(n), { ...forSale, inStock: n !== 2 }]));
  expect(numbers(choose({ mined: cups, catalogue: soldOut }))).toEqual([3, 5]);
});

test("thin evidence is not shown, unless a person pins it", () => {
  expect(numbers(choose({ mined: [mined(2, 0.9, "thin"), mined(3, 0.1)] }))).toEqual([3]);
  expect(numbers(choose({ mined: [mined(2, 0.9, "thin")], pinned: [product(2)] }))).toEqual([2]);
});

test("a block wins over a score and over a pin", () =>
  expect(
    numbers(
      choose({ blocked: new Set([product(2), product(3)]), pinned: [product(2)], mined: [mined(3, 1), mined(4, 0.1)] }),
    ),
  ).toEqual([4]));

test("what cannot be bought is left out and says why", () => {
  const catalogue = new Map([
    [product(2), { ...forSale, published: false }],
    [product(3), { ...forSale, inStock: false }],
    [product(4), { ...forSale, isGiftCard: true }],
    [product(5), forSale],
  ]);
  const choice = choose({ catalogue, mined: [2, 3, 4, 5, 6].map((n) => mined(n, 1 / n)), pinned: [product(1)] });
  expect(numbers(choice)).toEqual([5]);
  expect(choice.leftOut.map((out) => out.code)).toEqual(["same", "unpublished", "sold-out", "gift-card", "deleted"]);
});

test("equal scores are ordered the same way every time, and no more than asked for are chosen", () => {
  const some = [mined(5, 0.5), mined(2, 0.5), mined(4, 0.5)];
  expect(numbers(choose({ mined: some, limit: 2 }))).toEqual([2, 4]);
  expect(numbers(choose({ mined: some.toReversed(), limit: 2 }))).toEqual([2, 4]);
});

test("what similar products are bought with comes after what the product's own orders say, whatever the scores", () => {
  const similar = { ...mined(5, 0.9, "fair"), source: "similar" as const };
  const choice = choose({ pinned: [product(7)], mined: [similar, mined(2, 0.1)] });
  expect(choice.companions.map(({ source }) => source)).toEqual(["pinned", "mined", "similar"]);
  expect(numbers(choose({ mined: [{ ...similar, grade: "thin" }] }))).toEqual([]);
});

test("what shoppers view together needs no orders, comes before similar products, and never stands beside what orders say", () => {
  const viewed = { ...mined(5, 0.2, "thin"), source: "viewed" as const };
  const similar = { ...mined(6, 0.9, "fair"), source: "similar" as const };
  const sources = (some: MinedCompanion[]) => choose({ mined: some }).companions.map(({ source }) => source);
  expect(sources([similar, viewed])).toEqual(["viewed", "similar"]);
  const beside = choose({ mined: [viewed, mined(2, 0.1)] });
  expect(numbers(beside)).toEqual([2]);
  expect(beside.leftOut).toEqual([{ product: product(5), code: "thin-evidence" }]);
});

test("a substitute and what is out of season are withheld and say so, unless a person pins them", () => {
  const substitute = { ...mined(2, 0.9), withheld: "substitute" as const };
  const resting = { ...mined(3, 0.8), withheld: "out-of-season" as const };
  const choice = choose({ mined: [substitute, resting, mined(4, 0.1)] });
  expect(numbers(choice)).toEqual([4]);
  expect(choice.leftOut.map(({ code }) => code)).toEqual(["substitute", "out-of-season"]);
  expect(numbers(choose({ mined: [substitute, resting], pinned: [product(2), product(3)] }))).toEqual([2, 3]);
});
