import fc from "fast-check";
import { expect, test } from "vitest";
import { anyLookMultiple, anyLookPValue, tightestAt } from "./any-look.ts";
import { type Comparison, differenceOf } from "./comparison.ts";
import { fixedLookMultiple, fixedLookPValue } from "./fixed-look.ts";
import { holm, holmDivisors } from "./holm.ts";
import { differenceInterval, relativeInterval } from "./interval.ts";

const positive = fc.double({ min: 0.5, max: 20, noNaN: true });
const comparison: fc.Arbitrary<Comparison> = fc
  .tuple(positive, positive, positive, positive, fc.double({ min: 0, max: 0.4, noNaN: true }))
  .map(([control, variant, a, b, shared]) => ({
    control,
    variant,
    controlVariance: (a * control ** 2) / 1000,
    variantVariance: (b * control ** 2) / 1000,
    covariance: (shared * Math.min(a, b) * control ** 2) / 1000,
  }));
const alpha = fc.double({ min: 1e-6, max: 0.2, noNaN: true });

test("leaves out zero at one look exactly where the p-value is below the level", () => {
  fc.assert(
    fc.property(comparison, alpha, (compared, level) => {
      const { low, high } = differenceInterval(compared, fixedLookMultiple(level));
      const p = fixedLookPValue(compared);
      fc.pre(Math.abs(p - level) > 1e-9);
      expect(low > 0 || high < 0).toBe(p < level);
    }),
  );
  expect(fixedLookMultiple(0.05)).toBeCloseTo(1.959964, 6);
});

test("leaves out zero at any look exactly where the p-value is below the level", () => {
  fc.assert(
    fc.property(comparison, alpha, positive, positive, (compared, level, planned, buyers) => {
      const looks = tightestAt(planned, 0.05);
      const { low, high } = differenceInterval(compared, anyLookMultiple(buyers, looks, level));
      const p = anyLookPValue(compared, buyers, looks);
      fc.pre(Math.abs(p - level) > 1e-9 && p < 1);
      expect(low > 0 || high < 0).toBe(p < level);
    }),
  );
});

test("the interval for any look is tightest where it was planned to be", () => {
  for (const level of [0.05, 0.01]) {
    const planned = anyLookMultiple(100, tightestAt(100, level), level);
    for (const factor of [0.3, 0.6, 0.9, 1.1, 2, 4]) {
      expect(anyLookMultiple(100, tightestAt(100 * factor, level), level)).toBeGreaterThan(planned * 0.999);
    }
  }
});

test("has the interval for any look of the published formula", () => {
  // Waudby-Smith et al., with variance 1 per observation: sqrt(2 (n ρ² + 1) / (n² ρ²) ln(sqrt(n ρ² + 1) / α)).
  const [n, rho, level] = [500, 0.2, 0.05];
  const published = Math.sqrt(
    ((2 * (n * rho ** 2 + 1)) / (n ** 2 * rho ** 2)) * Math.log(Math.sqrt(n * rho ** 2 + 1) / level),
  );
  const error = 1 / Math.sqrt(n);
  expect(error * anyLookMultiple(n, { precision: 1 / rho ** 2 }, level)).toBeCloseTo(published, 12);
});

test("says nothing at any look before there is information", () => {
  expect(anyLookMultiple(Number.NaN, { precision: 1 }, 0.05)).toBe(Infinity);
  expect(anyLookMultiple(0, { precision: 1 }, 0.05)).toBe(Infinity);
  const constant = { control: 1, variant: 1, controlVariance: 0, variantVariance: 0, covariance: 0 };
  expect(anyLookPValue(constant, 100, { precision: 1 })).toBe(1);
  expect(anyLookPValue({ ...constant, variant: 9, variantVariance: 1 }, 0, { precision: 1 })).toBe(1);
  expect(fixedLookPValue(constant)).toBe(1);
});

test("the relative interval holds a share where the difference from that share of the control may be zero", () => {
  fc.assert(
    fc.property(comparison, fc.double({ min: 0.5, max: 4, noNaN: true }), (compared, multiple) => {
      const relative = relativeInterval(compared, multiple);
      fc.pre(relative !== null);
      const holds = (share: number) => {
        const r = 1 + share;
        const variance = compared.variantVariance + r * r * compared.controlVariance - 2 * r * compared.covariance;
        return (compared.variant - r * compared.control) ** 2 <= multiple ** 2 * variance;
      };
      const width = relative.high - relative.low;
      for (const inside of [0.01, 0.5, 0.99]) expect(holds(relative.low + inside * width)).toBe(true);
      for (const outside of [-0.01, 1.01]) expect(holds(relative.low + outside * width)).toBe(false);
      const absolute = differenceInterval(compared, multiple);
      if (Math.min(Math.abs(absolute.low), Math.abs(absolute.high)) > 1e-9) {
        expect(relative.low > 0).toBe(absolute.low > 0);
        expect(relative.high < 0).toBe(absolute.high < 0);
      }
      expect(relative.low).toBeLessThanOrEqual(differenceOf(compared) / compared.control + 1e-9);
    }),
  );
});

test("has no share of a control that may be zero", () => {
  const unsure = { control: 1, variant: 3, controlVariance: 1, variantVariance: 1, covariance: 0 };
  expect(relativeInterval(unsure, 1.96)).toBeNull();
  expect(relativeInterval({ ...unsure, control: 0, controlVariance: 0 }, 1.96)).toBeNull();
});

test("corrects several p-values as Holm does", () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  expect(holm([0.5])).toEqual([0.5]);
  expect(holm([])).toEqual([]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});

test("rejects what testing one at a time, the smallest first, rejects", () => {
  const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  fc.assert(
    fc.property(p, alpha, (pValues, level) => {
      const rejected = new Set<number>();
      for (const [before, question] of [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!).entries()) {
        if (pValues[question]! > level / (pValues.length - before)) break;
        rejected.add(question);
      }
      const corrected = holm(pValues);
      const divisors = holmDivisors(pValues, level);
      pValues.forEach((value, question) => {
        fc.pre(Math.abs(corrected[question]! - level) > 1e-12);
        expect(corrected[question]! <= level).toBe(rejected.has(question));
        expect(value <= level / divisors[question]!).toBe(rejected.has(question));
      });
    }),
  );
});
