import fc from "fast-check";
import { expect, test } from "vitest";
import { axisTicks, labelledPoints } from "./axis-ticks.ts";

test("an axis holds zero and all values in few, evenly spaced, round steps", () => {
  const value = fc.integer({ min: -5_000_000, max: 900_000_000 });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      const ticks = axisTicks(least, most, 1);
      expect(ticks).toContain(0);
      expect(ticks[0]).toBeLessThanOrEqual(least);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(11);
      const step = ticks[1]! - ticks[0]!;
      expect(String(step)).toMatch(/^[125]0*$/);
    }),
  );
});

test("the steps of an axis are never smaller than what is counted", () => {
  expect(axisTicks(0, 3, 1)).toEqual([0, 1, 2, 3]);
  expect(axisTicks(0, 0, 1)).toEqual([0, 1]);
  expect(axisTicks(0, 1_200_000, 1)).toEqual([0, 500_000, 1_000_000, 1_500_000]);
  expect(axisTicks(-40, 100, 1)).toEqual([-50, 0, 50, 100]);
  expect(axisTicks(0, 0.283, 0.001)).toEqual([0, 0.1, 0.2, expect.closeTo(0.3)]);
  expect(axisTicks(0, 0.0002, 0.001)).toEqual([0, 0.001]);
  expect(axisTicks(-0.02, 0.02, 0.001)).toHaveLength(9);
});

test("labels are spread evenly and end with the last point", () => {
  expect(labelledPoints(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(labelledPoints(30, 6)).toEqual([4, 9, 14, 19, 24, 29]);
  expect(labelledPoints(1, 6)).toEqual([0]);
  expect(labelledPoints(0, 6)).toEqual([]);
});
