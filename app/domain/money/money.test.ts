import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { portionMinor } from "./basis-points.ts";
import { exponentOf } from "./currency.ts";
import { formatMoney } from "./format.ts";
import { fromHundredths, toHundredths } from "./hundredths.ts";
import { add, compare, money, parseDecimal, subtract, sum, toDecimalString } from "./money.ts";

const currencies = fc.constantFrom("USD", "EUR", "JPY", "KRW", "KWD", "TND", "GBP");
const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 });

describe("currencies", () => {
  test.each([
    ["JPY", 0],
    ["KRW", 0],
    ["USD", 2],
    ["KWD", 3],
    ["BHD", 3],
    ["MGA", 0],
    ["MRU", 0],
    ["ZZZ", 2],
  ])("%s has %i digits", (currency, digits) => expect(exponentOf(currency)).toBe(digits));

  test("refuses what is no currency code, words of Object included", () => {
    expect(() => exponentOf("usd")).toThrow("Not a currency code");
    expect(() => exponentOf("constructor")).toThrow("Not a currency code");
  });
});

describe("decimal strings", () => {
  test.each([
    ["12.50", "USD", 1250],
    ["12.5", "USD", 1250],
    ["0.07", "USD", 7],
    ["1000.0", "JPY", 1000],
    ["1.234", "KWD", 1234],
    ["-3", "EUR", -300],
    ["90071992547409.91", "USD", 9_007_199_254_740_991],
  ])("%s %s is %i smallest units", (text, currency, minor) =>
    expect(parseDecimal(text, currency)).toEqual({ amountMinor: minor, currency }),
  );

  test.each(["", "1,000", "1e3", "NaN", "0x10", ".5", "1.", "12.345", "99999999999999999"])(
    "refuses %j as USD",
    (text) => expect(parseDecimal(text, "USD")).toBeNull(),
  );

  test("rounds superfluous digits half up where asked to", () => {
    expect(parseDecimal("10.005", "USD", "half-up")).toEqual(money(1001, "USD"));
    expect(parseDecimal("10.0049", "USD", "half-up")).toEqual(money(1000, "USD"));
    expect(parseDecimal("999.5", "JPY", "half-up")).toEqual(money(1000, "JPY"));
  });

  test("every amount survives being written and read again", () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), currencies, (minor, currency) => {
        expect(parseDecimal(toDecimalString(money(minor, currency)), currency)).toEqual(money(minor, currency));
      }),
    ));
});

describe("arithmetic", () => {
  test("refuses two currencies", () => {
    const [usd, jpy] = [money(1, "USD"), money(1, "JPY")];
    expect(() => add(usd, jpy)).toThrow("Mixed currencies");
    expect(() => subtract(usd, jpy)).toThrow("Mixed currencies");
    expect(() => compare(usd, jpy)).toThrow("Mixed currencies");
    expect(() => sum([usd, jpy], "USD")).toThrow("Mixed currencies");
  });

  test("refuses fractions of the smallest unit", () =>
    expect(() => money(0.5, "USD")).toThrow("Not an integer amount"));

  test("a portion is the exact quotient rounded half up", () =>
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
        const exact = (BigInt(amount) * BigInt(basisPoints) + 5_000n) / 10_000n;
        expect(portionMinor(amount, basisPoints)).toBe(Number(exact));
      }),
    ));

  test("a portion refuses more than the whole", () => expect(() => portionMinor(100, 10_001)).toThrow("basis points"));
});

describe("hundredths", () => {
  test("JPY has none, so a thousand yen are 100,000 of them", () => {
    expect(toHundredths(money(1000, "JPY"))).toBe(100_000);
    expect(toHundredths(money(1050, "USD"))).toBe(1050);
    expect(toHundredths(money(1234, "KWD"))).toBe(123.4);
  });

  test("every amount survives the way there and back", () =>
    fc.assert(
      fc.property(amounts, currencies, (minor, currency) => {
        expect(fromHundredths(toHundredths(money(minor, currency)), currency)).toEqual(money(minor, currency));
      }),
    ));
});

describe("formatting", () => {
  test.each([
    [money(1050, "USD"), "en", "$10.50"],
    [money(105000, "JPY"), "ja", "¥105,000"],
    [money(105000, "JPY"), "en", "¥105,000"],
    [money(1050, "EUR"), "de", "10,50\u00a0€"],
    [money(1234, "KWD"), "en", "KWD\u00a01.234"],
    [{ amountMinor: -0, currency: "USD" }, "en", "$0.00"],
  ])("%j in %s is %s", (amount, locale, text) => expect(formatMoney(amount, locale)).toBe(text));
});
