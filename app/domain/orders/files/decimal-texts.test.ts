import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalMarkOf, inUnits, readDecimal, type DecimalMark } from "./decimal-texts.ts";

const hundredths = (text: string, mark: DecimalMark = ".") => {
  const value = readDecimal(text, mark);
  return value === null ? null : inUnits(value, 2);
};

test.each([
  ["2.55", 255],
  ["-1", -100],
  ["+3", 300],
  ["007.50", 750],
  [".5", 50],
  ["1,234.50", 123_450],
  ["1.234,50", 123_450],
  ["1 234,50", 123_450],
  ["1’234.50", 123_450],
  ["1,23,456.00", 12_345_600],
  ["1.234.567", 123_456_700],
  ["12,5", 1250],
  ["12,50 €", 1250],
  ["R$ 12,00", 1200],
  ["US$ 5", 500],
  ["-$5.00", -500],
  ["(5.00)", -500],
  ["5.00-", -500],
  ["5.-", 500],
  ["１２００円", 120_000],
  ["￥1,200", 120_000],
  ["USD 3.50", 350],
  ["2個", 200],
  ["2 x", 200],
])("reads %s", (text, value) => {
  expect(hundredths(text)).toBe(value);
});

test.each(["", "-", ".", "1.2.3", "12,34.5", "1e3", "0x1", "abc", "one", "12a4", "99999999999999999"])(
  "does not read %j as a number",
  (text) => expect(readDecimal(text, ".")).toBeNull(),
);

test("takes a number that proves nothing as its column says", () => {
  expect([hundredths("1,234", "."), hundredths("1,234", ","), hundredths("1.234", ",")]).toEqual([
    123_400, 123, 123_400,
  ]);
  expect(decimalMarkOf(["1.234", "12,50"], false)).toBe(",");
  expect(decimalMarkOf(["1,234", "12.50"], true)).toBe(".");
  expect(decimalMarkOf(["1.234"], false)).toBe(".");
  expect(decimalMarkOf(["1.234"], true)).toBe(",");
  expect(decimalMarkOf(["0.123", "1,000"], true)).toBe(".");
});

test("reads every amount exactly, written with either mark and with or without thousands", () => {
  const mark = fc.constantFrom<DecimalMark>(".", ",");
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), mark, fc.boolean(), (minor, decimal, isGrouped) => {
      const digits = String(Math.abs(minor)).padStart(3, "0");
      const group = decimal === "." ? "," : ".";
      const whole = isGrouped ? digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group) : digits.slice(0, -2);
      expect(hundredths(`${minor < 0 ? "-" : ""}${whole}${decimal}${digits.slice(-2)}`, decimal)).toBe(minor);
    }),
  );
});

test("rounds superfluous digits half away from zero", () => {
  expect(["0.005", "0.0049", "-0.005"].map((text) => hundredths(text))).toEqual([1, 0, -1]);
});
