import fc from "fast-check";
import { expect, test } from "vitest";
import { allocateMinor } from "../../money/allocate.ts";
import { portionMinor } from "../../money/basis-points.ts";
import { exponentOf } from "../../money/currency.ts";
import { money, parseDecimal, toDecimalString } from "../../money/money.ts";
import { allocate, portionOf } from "./amounts.ts";
import { readMinor, writeMinor } from "./decimals.ts";
import { atShopify, RATE_DIGITS } from "./order-rewards.ts";

// The kernel repeats these rules of money for a compiler that has no strings and no exceptions to speak of.

const currencies = fc.constantFrom("JPY", "USD", "KWD", "CLF");

test("a decimal reads as everywhere else", () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(fc.nat(10 ** 10), fc.nat(99_999)).map(([whole, part]) => `${whole}.${part}`),
        fc.nat().map(String),
        fc.string({ unit: fc.constantFrom(..."0123459.-+ "), maxLength: 8 }),
      ),
      currencies,
      (text, currency) => {
        const bytes = new TextEncoder().encode(text);
        const parsed = parseDecimal(text, currency, "half-up")?.amountMinor ?? -1;
        const isPlain = /^[0-9]+(\.[0-9]+)?$/.test(text);
        expect(readMinor(bytes, 0, bytes.length, exponentOf(currency))).toBe(isPlain ? parsed : -1);
      },
    ),
    { numRuns: 2_000 },
  ));

test("an amount is written as everywhere else", () =>
  fc.assert(
    fc.property(fc.oneof(fc.nat(2_000), fc.integer({ min: 0, max: 10 ** 14 })), currencies, (amount, currency) => {
      const bytes = new Uint8Array(24);
      const length = writeMinor(amount, exponentOf(currency), bytes, 2);
      expect(new TextDecoder().decode(bytes.subarray(2, 2 + length))).toBe(toDecimalString(money(amount, currency)));
    }),
    { numRuns: 2_000 },
  ));

test("a portion is rounded as everywhere else", () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 11 }), fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
      expect(portionOf(amount, basisPoints)).toBe(portionMinor(amount, basisPoints));
    }),
  ));

test("an amount is allocated by largest remainder, to the smallest unit and never above a price", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 10_000 }),
      (prices, share) => {
        const amount = Math.floor((prices.reduce((sum, price) => sum + price, 0) * share) / 10_000);
        const into = new Float64Array(prices.length);
        allocate(amount, Float64Array.from(prices), prices.length, into);
        const parts = [...into];
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        parts.forEach((part, i) => expect(part).toBeLessThanOrEqual(prices[i]!));
        expect(parts).toEqual(allocateMinor(amount, prices));
      },
    ),
  ));

test("what Shopify is asked to compare an order with is never more than the amount, and less by no more than a unit", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.integer({ min: 0, max: 3 }),
      fc.oneof(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 1, max: 30_000_000_000_000 })),
      (amount, exponent, rate) => {
        const one = 10 ** RATE_DIGITS;
        const least = atShopify(amount, exponent, rate);
        const inCart = (units: number) => units * 10 ** exponent * (rate / one);
        if (rate <= one) {
          expect(least).toBe(-1);
        } else {
          expect(inCart(least)).toBeLessThanOrEqual(amount);
          expect(inCart(least + 1) * (1 + 1e-8)).toBeGreaterThan(amount);
        }
      },
    ),
  ));
