import { expect, test } from "vitest";
import type { OfferableProduct } from "./choose-companions.ts";
import { limitOf, type CompanionLimits } from "./companion-limits.ts";

const product = (priceMinor: number | null, costShare: number | null = null): OfferableProduct => ({
  ...{ published: true, inStock: true, isGiftCard: false, priceMinor, costShare },
});
const limits = (changes: Partial<CompanionLimits> = {}): CompanionLimits => ({
  ...{ companionPricePercent: null, leastMarginPercent: 0, ...changes },
});

test("a companion may cost up to the given share of the product, and without a limit whatever it costs", () => {
  const half = limits({ companionPricePercent: 50 });
  expect(limitOf(product(500), product(1_000), half, 0)).toBeNull();
  expect(limitOf(product(501), product(1_000), half, 0)).toBe("too-expensive");
  expect(limitOf(product(90_000), product(1_000), limits(), 0)).toBeNull();
});

test("a discount never goes below cost, and a product that sells below cost without one is left to the merchant", () => {
  expect(limitOf(product(1_000, 0.9), product(1_000), limits(), 1_000)).toBeNull();
  expect(limitOf(product(1_000, 0.91), product(1_000), limits(), 1_000)).toBe("low-margin");
  expect(limitOf(product(1_000, 1.2), product(1_000), limits(), 0)).toBeNull();
});

test("the margin is a share of what the shopper pays", () => {
  const fifth = limits({ leastMarginPercent: 20 });
  expect(limitOf(product(1_000, 0.8), product(1_000), fifth, 0)).toBeNull();
  expect(limitOf(product(1_000, 0.81), product(1_000), fifth, 0)).toBe("low-margin");
  // Half of the price is paid: a fifth of that is a tenth of it.
  expect(limitOf(product(1_000, 0.4), product(1_000), fifth, 5_000)).toBeNull();
  expect(limitOf(product(1_000, 0.41), product(1_000), fifth, 5_000)).toBe("low-margin");
});

test("what is not known breaks no limit", () => {
  const strict = limits({ companionPricePercent: 1, leastMarginPercent: 90 });
  for (const pair of [
    [product(null), product(1_000)] as const,
    [product(1_000), product(null)] as const,
    [] as const,
  ]) {
    expect(limitOf(pair[0], pair[1], strict, 5_000)).toBeNull();
  }
});
