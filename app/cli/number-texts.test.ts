import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberTexts } from "./number-texts.ts";

const positive = fc.oneof(
  fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1 }),
);

test("writes each number as JavaScript does, however often and in whatever order numbers come", () => {
  const numbers = new NumberTexts();
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  fc.assert(
    fc.property(fc.array(positive), (values) => {
      for (const value of [...values, ...values]) {
        const end = numbers.write(value, view, 3);
        expect(new TextDecoder().decode(bytes.subarray(3, end))).toBe(`${value}`);
      }
    }),
  );
});

test("writes the longest texts there are whole", () => {
  const bytes = new Uint8Array(64);
  for (const value of [Math.PI * 1e-6, Math.PI * 1e-300]) {
    const end = new NumberTexts().write(value, new DataView(bytes.buffer), 0);
    expect(Number(new TextDecoder().decode(bytes.subarray(0, end)))).toBe(value);
  }
});
