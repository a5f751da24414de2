import { expect, test } from "vitest";
import { discountedPriceMinor } from "./price.ts";

test("a discounted price rounds the discount half up", () => {
  expect(discountedPriceMinor(505, 1000)).toBe(454);
  expect(discountedPriceMinor(504, 1000)).toBe(454);
  expect(discountedPriceMinor(500, 10_000)).toBe(0);
});
