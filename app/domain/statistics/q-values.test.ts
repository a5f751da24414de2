import fc from "fast-check";
import { expect, test } from "vitest";
import { qValueOf, qValueTable } from "./q-values.ts";
import { benjaminiHochberg } from "./significance.ts";

const pValue = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1e-200, noNaN: true }));

test("gives the q-values of Benjamini and Hochberg, however the tests were shared out", () => {
  fc.assert(
    fc.property(fc.array(pValue, { minLength: 1 }), fc.array(pValue), (mine, theirs) => {
      const all = [...mine, ...theirs];
      const parts = [mine, theirs].map((part) => Float64Array.from(part).sort());
      const table = qValueTable(parts, all.length);
      const q = benjaminiHochberg(all);
      all.forEach((p, n) => expect(qValueOf(table, p)).toBeCloseTo(q[n]!, 12));
    }),
  );
});

test("corrects for pairs that never met, and for a p-value between two tested ones takes the larger", () => {
  const table = qValueTable([Float64Array.of(0.001, 0.01)], 20);
  expect(qValueOf(table, 0.001)).toBeCloseTo(0.02, 12);
  expect(qValueOf(table, 0.005)).toBeCloseTo(0.1, 12);
  expect(qValueOf(table, 0.5)).toBe(1);
  expect(qValueOf(qValueTable([], 20), 0.001)).toBeCloseTo(0.02, 12);
});
