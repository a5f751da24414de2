import fc from "fast-check";
import { expect, test } from "vitest";
import { CartColumns } from "./cart-columns.ts";
import { replayBundle } from "./replay-bundle.ts";
import type { BundlePart, ReplayedBundle } from "./replayed-offer.ts";

interface Line {
  readonly product: number;
  readonly variant: number;
  readonly quantity: number;
  readonly price: number;
}

function cartOf(lines: readonly Line[]): CartColumns {
  const cart = new CartColumns();
  for (const { product, price, variant, quantity } of lines) cart.add(product, price, { variant, quantity });
  return cart;
}

const TEA: BundlePart = { product: 1, variant: 11, quantity: 1 };
const CUPS: BundlePart = { product: 2, variant: 21, quantity: 2 };
const tenPercent: ReplayedBundle = { parts: [TEA, CUPS], reward: { kind: "percent", basisPoints: 1_000 } };
const line = (product: number, variant: number, quantity: number, price: number) => ({
  ...{ product, variant, quantity, price },
});

test("a cart that held all components saves what they cost apart above the bundle's price, each as often as it held them", () => {
  const cart = cartOf([line(1, 11, 2, 1_000), line(2, 21, 5, 400), line(3, 31, 1, 700)]);
  // Two bundles of 1,800, each 180 off: the tea takes 100 of it, the two cups 80.
  expect(replayBundle(cart, tenPercent, "JPY")).toEqual({
    ...{ code: "given", gifts: [] },
    on: { offLines: [200, 160, 0], offOrderMinor: 0, shipsFree: false },
  });
});

test("a set price takes nothing off a cart that paid less, or says nothing about the shop's currency", () => {
  const cart = cartOf([line(1, 11, 1, 1_000), line(2, 21, 2, 400)]);
  const at = (amounts: Record<string, number>) =>
    replayBundle(cart, { parts: [TEA, CUPS], reward: { kind: "fixed-price", amounts } }, "JPY");
  expect(at({ JPY: 1_500 })).toMatchObject({ on: { offLines: [167, 133] } });
  expect([at({ JPY: 1_801 }), at({ USD: 100 })]).toEqual([null, null]);
});

test.each([
  ["another variant of a component", [line(1, 12, 1, 1_000), line(2, 21, 2, 400)], { short: "product", product: 1 }],
  ["one cup of two", [line(1, 11, 1, 1_000), line(2, 21, 1, 400)], { short: "unit", product: 2 }],
  [
    "a component that came in another bundle",
    [line(0, 11, 1, 0), line(2, 21, 2, 400)],
    { short: "product", product: 1 },
  ],
  ["no cup", [line(1, 11, 1, 1_000)], null],
  ["one cup and no tea", [line(2, 21, 1, 400)], null],
])("%s lacks one unit, or too much", (_, lines, miss) => {
  expect(replayBundle(cartOf(lines), tenPercent, "JPY")).toEqual(miss === null ? null : { code: "near", miss });
});

const parts = fc.uniqueArray(
  fc.record({ variant: fc.integer({ min: 1, max: 4 }), quantity: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 3, selector: ({ variant }) => variant },
);
const lines = fc.array(
  fc.record({ variant: fc.integer({ min: 1, max: 5 }), quantity: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 5 },
);

/** Bundles that can be taken out of units one after the other. */
function bundlesIn(units: readonly number[], of: readonly BundlePart[]): number {
  const left = new Map<number, number>();
  for (const variant of units) left.set(variant, (left.get(variant) ?? 0) + 1);
  for (let bundles = 0; ; bundles++) {
    for (const { variant, quantity } of of) {
      const held = (left.get(variant) ?? 0) - quantity;
      if (held < 0) return bundles;
      left.set(variant, held);
    }
  }
}

test("as many bundles are found as can be taken out one by one, and one unit is short where one more makes the first", () => {
  fc.assert(
    fc.property(parts, lines, fc.integer({ min: 1, max: 10_000 }), (of, held, basisPoints) => {
      const bundle = { parts: of.map((part) => ({ ...part, product: part.variant })), reward: null };
      const priced = held.map((one) => ({ ...one, product: one.variant, price: 100 * one.variant }));
      const units = held.flatMap(({ variant, quantity }) => Array.from({ length: quantity }, () => variant));
      const bundles = bundlesIn(units, bundle.parts);
      const outcome = replayBundle(cartOf(priced), { ...bundle, reward: { kind: "percent", basisPoints } }, "JPY");
      const isNear = bundle.parts.some(({ variant }) => bundlesIn([...units, variant], bundle.parts) > 0);
      expect(outcome?.code ?? null).toBe(bundles > 0 ? "given" : isNear ? "near" : null);
      if (outcome?.code !== "given") return;
      const apart = bundle.parts.reduce((sum, { variant, quantity }) => sum + quantity * 100 * variant, 0);
      const off = apart - (apart - Math.floor((2 * apart * basisPoints + 10_000) / 20_000));
      expect(outcome.on.offLines.reduce((sum, one) => sum + one, 0)).toBe(bundles * off);
      outcome.on.offLines.forEach((one, at) =>
        expect(one).toBeLessThanOrEqual(priced[at]!.quantity * priced[at]!.price),
      );
    }),
    { numRuns: 500 },
  );
});
