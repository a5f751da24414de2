import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, meansCompared, standardError } from "./comparison.ts";
import { mergedMoments, momentsOf, momentsOfSums, NO_UNITS, varianceY } from "./moments.ts";
import { meansAdjusted } from "./pre-period.ts";
import { ratioOf, ratiosCompared } from "./ratio.ts";

const pair = fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 1000 }));
const pairs = fc.array(pair, { minLength: 3, maxLength: 40 });
type Pairs = readonly (readonly [number, number])[];

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sampleVariance(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
}

/** Tells how far two numbers are apart, as a share of the larger one. */
function apart(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}

test("gives the same moments by sums, one by one, and merged from any two parts", () => {
  fc.assert(
    fc.property(pairs, pairs, (first, second) => {
      const all = [...first, ...second];
      const sum = (of: (y: number, x: number) => number) => all.reduce((total, [y, x]) => total + of(y, x), 0);
      const bySums = momentsOfSums({
        units: all.length,
        y: sum((y) => y),
        x: sum((_, x) => x),
        yy: sum((y) => y * y),
        xx: sum((_, x) => x * x),
        yx: sum((y, x) => y * x),
      });
      for (const moments of [momentsOf(all), mergedMoments(momentsOf(first), momentsOf(second))]) {
        for (const key of Object.keys(NO_UNITS) as (keyof typeof NO_UNITS)[]) {
          expect(apart(moments[key], bySums[key])).toBeLessThan(1e-9);
        }
      }
      expect(apart(varianceY(bySums), sampleVariance(all.map(([y]) => y)))).toBeLessThan(1e-9);
    }),
  );
});

test("has no moments of no units", () => {
  expect(momentsOf([])).toEqual(NO_UNITS);
  expect(momentsOfSums({ units: 0, y: 0, x: 0, yy: 0, xx: 0, yx: 0 })).toEqual(NO_UNITS);
  expect(varianceY(momentsOf([[5, 1]]))).toBe(0);
});

test("compares means with the standard error of two independent samples", () => {
  const compared = meansCompared(
    momentsOf([
      [1, 0],
      [2, 0],
      [6, 0],
    ]),
    momentsOf([
      [2, 0],
      [8, 0],
    ]),
  );
  expect(differenceOf(compared)).toBe(2);
  expect(standardError(compared)).toBeCloseTo(Math.sqrt(7 / 3 + 18 / 2), 12);
});

/** Ordinary least squares of y on arm and x, with a constant: the coefficient of the arm, by the normal equations. */
function leastSquaresEffect(control: Pairs, variant: Pairs): number {
  const rows = [...control.map(([y, x]) => [1, 0, x, y]), ...variant.map(([y, x]) => [1, 1, x, y])];
  const matrix = [0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  for (let i = 0; i < 3; i++) {
    const pivot = [...matrix.keys()].slice(i).sort((a, b) => Math.abs(matrix[b]![i]!) - Math.abs(matrix[a]![i]!))[0]!;
    [matrix[i], matrix[pivot]] = [matrix[pivot]!, matrix[i]!];
    for (let k = 0; k < 3; k++) {
      if (k === i) continue;
      const factor = matrix[k]![i]! / matrix[i]![i]!;
      matrix[k] = matrix[k]!.map((value, j) => value - factor * matrix[i]![j]!);
    }
  }
  return matrix[1]![3]! / matrix[1]![1]!;
}

test("adjusts by the past as a regression on arm and past does", () => {
  fc.assert(
    fc.property(pairs, pairs, (control, variant) => {
      fc.pre(sampleVariance(control.map(([, x]) => x)) > 1);
      const adjusted = meansAdjusted(momentsOf(control), momentsOf(variant));
      expect(apart(differenceOf(adjusted), leastSquaresEffect(control, variant))).toBeLessThan(1e-6);
    }),
  );
});

test("is the plain difference where nobody has a past", () => {
  const [control, variant] = [
    momentsOf([
      [1, 0],
      [2, 0],
      [6, 0],
    ]),
    momentsOf([
      [2, 0],
      [8, 0],
    ]),
  ];
  expect(meansAdjusted(control, variant)).toEqual(meansCompared(control, variant));
});

test("has no uncertainty left where the past explains all", () => {
  const [control, variant] = [
    momentsOf([
      [10, 1],
      [30, 3],
      [20, 2],
    ]),
    momentsOf([
      [45, 4],
      [15, 1],
      [25, 2],
    ]),
  ];
  const adjusted = meansAdjusted(control, variant);
  expect(differenceOf(adjusted)).toBeCloseTo(5, 10);
  expect(standardError(adjusted)).toBeLessThan(1e-6);
});

test("gives the ratio of sums, with the variance of y - R x", () => {
  fc.assert(
    fc.property(pairs, (visitors) => {
      const x = mean(visitors.map((visitor) => visitor[1]));
      fc.pre(x > 0);
      const ratio = ratioOf(momentsOf(visitors))!;
      const wanted = mean(visitors.map(([y]) => y)) / x;
      const rest = sampleVariance(visitors.map((visitor) => visitor[0] - wanted * visitor[1]));
      expect(apart(ratio.ratio, wanted)).toBeLessThan(1e-9);
      expect(apart(ratio.variance, rest / (visitors.length * x ** 2))).toBeLessThan(1e-6);
    }),
  );
});

test("has no ratio where there is nothing to divide by", () => {
  const nothing = momentsOf([
    [0, 0],
    [0, 0],
  ]);
  expect(ratioOf(nothing)).toBeNull();
  expect(
    ratiosCompared(
      nothing,
      momentsOf([
        [4, 1],
        [2, 1],
      ]),
    ),
  ).toBeNull();
  expect(
    ratiosCompared(
      momentsOf([
        [4, 1],
        [2, 1],
      ]),
      nothing,
    ),
  ).toBeNull();
});
