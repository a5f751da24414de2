import fc from "fast-check";
import { expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import { contentShape } from "../../offer-types.ts";
import { compileAddOns } from "./compiled.ts";
import { leastProductPriceMinor } from "./config.ts";

const product = (number: number) => gid("Product", number);

/** What saving an offer with this config is refused for. */
function refused(config: object, status = "draft"): string[] {
  const shape = contentShape("add-on");
  const parsed = shape.parse({ ...shape.default, status, config: { cap: 25, addOns: [], ...config } });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
}

test("refuses a product that is in the list twice, and a fourth add-on", () => {
  const addOn = (number: number) => ({ product: [product(number)], text: {} });
  expect(refused({ addOns: [addOn(1), addOn(2), addOn(1)] })).toEqual(["config.addOns.2.product repeated"]);
  expect(refused({ addOns: [1, 2, 3, 4].map(addOn) })).toEqual(["config.addOns too-many"]);
});

test("refuses to show an offer without an add-on, or with one that has no product, and keeps it as a draft", () => {
  const empty = { addOns: [{ product: [], text: {} }] };
  expect(refused({})).toEqual([]);
  expect(refused(empty)).toEqual([]);
  expect(refused({}, "active")).toEqual(["config.addOns too-few"]);
  expect(refused(empty, "active")).toEqual(["config.addOns.0.product too-few"]);
});

test("refuses a cap that nothing or everything would pass", () => {
  expect(refused({ cap: 0 })).toEqual(["config.cap too-small"]);
  expect(refused({ cap: 101 })).toEqual(["config.cap too-large"]);
});

test("a product is no add-on of its own, and words of white space are none", () => {
  const addOns: { product: ProductId[]; text: Record<string, string> }[] = [
    { product: [product(7)], text: { en: "Itself" } },
    { product: [product(8)], text: { en: "  ", ja: " 包装 " } },
  ];
  expect(compileAddOns(3, product(7), { addOns, cap: 25 })).toEqual({
    ...{ type: "add-on", id: "ao-3-7", cap: 25 },
    addOns: [{ product: "8", text: { ja: "包装" } }],
  });
  expect(compileAddOns(3, product(7), { addOns: addOns.slice(0, 1), cap: 25 })).toBeNull();
});

test("the least price that the editor names is the first at which the add-on is within its share", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 100 }), (price, cap) => {
      const least = leastProductPriceMinor(price, cap);
      expect(price * 100).toBeLessThanOrEqual(least * cap);
      expect(price * 100).toBeGreaterThan((least - 1) * cap);
    }),
  );
});
