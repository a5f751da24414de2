import { expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import { listedProducts } from "../../listed-products.ts";
import type { Offer } from "../../offer.ts";
import { contentShape } from "../../offer-types.ts";
import { compiledMixAndMatch } from "./compiled.ts";
import type { MixAndMatchConfig } from "./config.ts";
import { readEntry } from "./published.ts";

const product = (number: number) => gid("Product", number);
const collection = (number: number) => gid("Collection", number);
const price = (USD: number) => ({ kind: "fixed-price", amounts: { USD } }) as const;
const content = contentShape("mix-and-match");
const products = (...numbers: number[]) => [{ condition: "products", products: numbers.map(product) } as const];

/** What saving such an offer is refused for. */
function refused(config: object, given: object = {}): string[] {
  const parsed = content.parse({
    ...content.default,
    config: { choose: 3, reward: price(5_000), ...config },
    ...given,
  });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
}

function compiled(conditions: Offer["conditions"], own: ProductId, facts: { discountIsActive: boolean }) {
  const offer = { ...content.default, number: 7, type: "mix-and-match", version: 1, conditions } as Offer;
  const config: MixAndMatchConfig = { choose: 3, reward: price(5_000) };
  const nothing = { chosen: null, ordersUntil: null, hasSellingPlans: false };
  return compiledMixAndMatch.compile({ ...offer, config }, { ...facts, product: own, ...nothing });
}

test("refuses a group of one, a price without an amount, and amounts in too many currencies", () => {
  const many = Object.fromEntries(
    Array.from({ length: 26 }, (_, n) => [`X${String.fromCharCode(65 + n)}X`, 99_999_999]),
  );
  expect(refused({ choose: 1 })).toEqual(["config.choose too-small"]);
  expect(refused({ choose: 25 })).toEqual(["config.choose too-large"]);
  expect(refused({ reward: { kind: "fixed-price", amounts: {} } })).toEqual(["config.reward.amounts no-amount"]);
  expect(refused({ reward: { kind: "fixed-price", amounts: many } })).toEqual(["config.reward too-much"]);
});

test("refuses to show an offer that names no products, and keeps it as a draft", () => {
  expect(refused({})).toEqual([]);
  expect(refused({}, { status: "active" })).toEqual(["conditions too-few"]);
  expect(refused({}, { status: "active", conditions: [products(1, 2)] })).toEqual([]);
});

test("refuses conditions that do not say what pages can list", () => {
  const conditions = [[{ condition: "tags", tags: ["sale"] }]];
  expect(refused({}, { conditions })).toEqual(["conditions.0.0.condition not-possible-here"]);
});

test("names the other products and the collections, and neither twice nor the product itself", () => {
  const conditions: Offer["conditions"] = [
    products(1, 2, 3),
    [{ condition: "collections", collections: [collection(11)] }],
    [...products(3), { condition: "collections", collections: [collection(11), collection(12)] }],
  ];
  expect(compiled(conditions, product(2), { discountIsActive: true })).toEqual({
    ...{ type: "mix-and-match", id: "mm-7-2", choose: 3, reward: price(5_000) },
    ...{ products: ["1", "3"], collections: ["11", "12"] },
  });
});

test("promises no price while the discount gives none", () => {
  expect(compiled([products(1, 2)], product(1), { discountIsActive: false })).toBeNull();
});

test("a line earns by the entry of its own product, whatever else the entry names", () => {
  const entry = compiled([products(1, 2, 3)], product(2), { discountIsActive: true });
  expect(listedProducts({ version: 2, offers: [entry] })).toEqual([{ code: "mm", number: 7, companion: "2" }]);
});

test.each([
  ["no number of units", { choose: 1 }],
  ["a number that is none", { choose: "3" }],
  ["an amount off", { reward: { kind: "amount-off", amounts: { USD: 500 } } }],
  ["a percentage out of range", { reward: { kind: "percent", basisPoints: 10_001 } }],
  ["another type", { type: "quantity-breaks" }],
])("reads no offer where there is %s", (_, given) => {
  const entry = { type: "mix-and-match", id: "mm-7-2", choose: 3, reward: price(5_000), products: [], collections: [] };
  expect(readEntry(entry as never)).toEqual(entry);
  expect(readEntry({ ...entry, ...given } as never)).toBeNull();
});

test("reads an entry without what it could name, and leaves out what is no id", () => {
  const entry = { type: "mix-and-match", id: "mm-7-2", choose: 3, reward: price(5_000), products: ["1", 2, "1", "x"] };
  expect(readEntry(entry as never)).toMatchObject({ products: ["1"], collections: [] });
});
