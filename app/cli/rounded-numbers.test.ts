import fc from "fast-check";
import { expect, test } from "vitest";
import { ROUNDED_BYTES, writeRounded } from "./rounded-numbers.ts";

function textOf(value: number): string {
  const bytes = new Uint8Array(ROUNDED_BYTES + 3);
  const end = writeRounded(value, new DataView(bytes.buffer), 3);
  return new TextDecoder().decode(bytes.subarray(3, end));
}

test.each([
  [0, "0"],
  [1, "1"],
  [0.5, "0.5"],
  [12.5, "12.5"],
  [1234567, "1.23457e6"],
  [123456, "123456"],
  [1000, "1000"],
  [0.000012345678, "0.0000123457"],
  [0.0000012345678, "1.23457e-6"],
  [9.9999996, "10"],
  [0.99999996, "1"],
  [1e-45, "1e-45"],
  [1e-310, "0"],
])("writes %d as %s", (value, text) => {
  expect(textOf(value)).toBe(text);
});

test("writes every number to within half a unit of its sixth digit", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (value) => {
      const text = textOf(value);
      expect(text.length).toBeLessThanOrEqual(ROUNDED_BYTES);
      expect(Math.abs(Number(text) / value - 1)).toBeLessThan(5.1e-6);
    }),
    { numRuns: 2000 },
  );
});
