import { expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import { envelopeOf } from "../../../publishing/envelope.ts";
import type { UnreadEntry } from "../../../publishing/entry.ts";
import { listedProducts } from "../../listed-products.ts";
import type { Offer } from "../../offer.ts";
import { contentShape, type ConfigOf } from "../../offer-types.ts";
import { compiledSubscription } from "./compiled.ts";
import { readEntry } from "./published.ts";

const TEA = gid("Product", "7");
const shape = contentShape("subscription");

const facts = (hasSellingPlans: boolean, product: ProductId = TEA) => ({
  ...{ product, hasSellingPlans, chosen: null, ordersUntil: null, discountIsActive: true },
});
function compile(config: object = {}, given: Partial<Offer> = {}, hasSellingPlans = true) {
  const made = { ...shape.default, ...given, config: { ...(shape.default.config as object), ...config } };
  const offer = { ...made, number: 3, version: 1, type: "subscription" } as Offer<ConfigOf<"subscription">>;
  return compiledSubscription.compile(offer, facts(hasSellingPlans));
}

/** What saving an offer with this config is refused for. */
function refused(config: object): string[] {
  const parsed = shape.parse({
    ...shape.default,
    status: "active",
    config: { ...(shape.default.config as object), ...config },
  });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
}

test("is published for products with a plan, and for no other", () => {
  expect(compile()).toEqual({ type: "subscription", id: "ss-3-7", least: 1 });
  expect(compile({}, {}, false)).toBeNull();
});

test("publishes what differs from the standard, without words of white space", () => {
  const text = { en: " Pause whenever you like ", ja: "  " };
  expect(compile({ plan: "cheapest", leastSaving: 0, text }, { surfaces: ["cart"] })).toEqual({
    ...{ type: "subscription", id: "ss-3-7", least: 0, plan: "cheapest", on: ["cart"] },
    text: { en: "Pause whenever you like" },
  });
});

test("lists its own product: that is what a line of an order can come from", () => {
  expect(listedProducts(envelopeOf([compile()!]))).toEqual([{ code: "ss", number: 3, companion: "7" }]);
});

test("refuses a saving that no plan has, and a line that is too long for its place", () => {
  expect(refused({ leastSaving: 90 })).toEqual([]);
  expect(refused({ leastSaving: 91 })).toEqual(["config.leastSaving too-large"]);
  expect(refused({ leastSaving: -1 })).toEqual(["config.leastSaving too-small"]);
  expect(refused({ plan: "dearest" })).toEqual(["config.plan unknown-choice"]);
  expect(refused({ text: { en: "a".repeat(121) } })).toEqual(["config.text.en too-long"]);
});

test.each([
  ["no saving", { least: undefined }],
  ["a saving as text", { least: "10" }],
  ["a saving of more than there can be", { least: 91 }],
  ["a broken saving", { least: 1.5 }],
])("reads no entry with %s", (_, change) => {
  const entry: UnreadEntry = { ...{ type: "subscription", id: "ss-3-7" }, ...change };
  expect(readEntry(entry)).toBeNull();
});

test("reads what it understands of an entry of another release", () => {
  const entry = { type: "subscription", id: "ss-3-7", least: 5, plan: "shortest", text: { en: "", ja: 7 }, rank: 1 };
  expect(readEntry(entry)).toEqual({ type: "subscription", id: "ss-3-7", least: 5 });
});
