import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../../../ids.ts";
import { envelopeOf } from "../../../publishing/envelope.ts";
import { listedProducts } from "../../listed-products.ts";
import type { Offer } from "../../offer.ts";
import { contentShape, type ConfigOf } from "../../offer-types.ts";
import { bundlePriceMinor } from "./bundle-price.ts";
import { compiledFixedBundle } from "./compiled.ts";
import { type MadeBundle, readEntry } from "./published.ts";

const BUNDLE: MadeBundle = {
  ...{ product: "90", variant: "900" },
  parts: [
    { product: "1", variant: "11", quantity: 1 },
    { product: "2", variant: "21", quantity: 2 },
  ],
};

function compile(product: string) {
  const offer = { ...contentShape("fixed-bundle").default, number: 3, version: 1, type: "fixed-bundle" };
  return compiledFixedBundle.compile(offer as Offer<ConfigOf<"fixed-bundle">>, {
    ...{ product: gid("Product", product), chosen: BUNDLE, hasSellingPlans: false },
    ...{ ordersUntil: null, discountIsActive: false },
  });
}

test("is published on its components and on its own product, discount or not, and on no other", () => {
  expect(compile("1")).toEqual({ type: "fixed-bundle", id: "fb-3-1", ...BUNDLE });
  expect(compile("90")).toMatchObject({ id: "fb-3-90" });
  expect(compile("3")).toBeNull();
});

test("a bundle earns with what it added: not with the product whose page offered it", () => {
  const listed = (product: string) => listedProducts(envelopeOf([compile(product)!])).map(({ companion }) => companion);
  expect([listed("1"), listed("90")]).toEqual([["2"], ["1", "2"]]);
  expect(compiledFixedBundle.references(compile("1")!).companions).toEqual([gid("Product", "90"), gid("Product", "2")]);
});

test.each([
  ["no product", { product: undefined }],
  ["a variant that is no number", { variant: "gid://shopify/ProductVariant/900" }],
  ["no parts", { parts: [] }],
  ["a part that is not understood", { parts: [...BUNDLE.parts, { product: "3", variant: "31" }] }],
  ["more parts than a bundle has", { parts: Array.from({ length: 11 }, () => BUNDLE.parts[0]) }],
])("reads no entry with %s", (_, change) => {
  expect(readEntry({ ...compile("1")!, ...change })).toBeNull();
});

test("reads an entry of a later release without what it does not know", () => {
  const later = { ...compile("1")!, badge: "new" };
  expect(readEntry(later)).toEqual(compile("1"));
});

test("costs the set price, the sum less the percentage rounded half up, or the sum; never a converted price", () => {
  const set = { kind: "fixed-price", amounts: { USD: 4500 } } as const;
  expect(bundlePriceMinor(set, 5997, "USD")).toBe(4500);
  expect(bundlePriceMinor(set, 8998, "JPY")).toBeNull();
  // 10 % of 1,005 is 100.5.
  expect(bundlePriceMinor({ kind: "percent", basisPoints: 1000 }, 1005, "KWD")).toBe(904);
  expect(bundlePriceMinor(null, 5997, "USD")).toBe(5997);
});

test("a percentage never raises a price, and a larger one never gives less", () => {
  const points = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), points, points, (apart, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((basisPoints) =>
        bundlePriceMinor({ kind: "percent", basisPoints }, apart, "USD")!,
      ) as [number, number];
      expect(less <= apart && more <= less && more >= 0).toBe(true);
    }),
  );
});
