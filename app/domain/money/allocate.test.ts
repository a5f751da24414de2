import fc from "fast-check";
import { expect, test } from "vitest";
import { allocateMinor, shareMinor } from "./allocate.ts";

const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 });

test("a share is the exact quotient rounded half up", () =>
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), (amount, whole, any) => {
      const part = any % (whole + 1);
      const exact = (BigInt(amount) * BigInt(part) * 2n + BigInt(whole)) / (2n * BigInt(whole));
      expect(shareMinor(amount, part, whole)).toBe(Number(exact));
    }),
  ));

test("an allocation sums to the amount, and no part is a whole unit off its quotient", () =>
  fc.assert(
    fc.property(amounts, fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }), (amount, weights) => {
      const parts = allocateMinor(amount, weights);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total === 0 ? 0 : amount);
      parts.forEach((part, place) => {
        const off = BigInt(part) * BigInt(total) - BigInt(amount) * BigInt(weights[place]!);
        expect(off < BigInt(total || 1) && off > -BigInt(total || 1)).toBe(true);
      });
    }),
  ));

test("the largest remainders get what is left over, of equal ones the first", () => {
  expect(allocateMinor(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocateMinor(10, [3, 3, 4])).toEqual([3, 3, 4]);
  expect(allocateMinor(5, [1, 2, 4])).toEqual([1, 1, 3]);
  expect(allocateMinor(5, [0, 0])).toEqual([0, 0]);
});

test("refuses fractions and amounts below zero", () => {
  expect(() => allocateMinor(1.5, [1])).toThrow("Not an amount");
  expect(() => allocateMinor(1, [-1])).toThrow("Not an amount");
  expect(() => shareMinor(-1, 1, 2)).toThrow("Not an amount");
  expect(() => shareMinor(1, 3, 2)).toThrow("Not a part");
});
