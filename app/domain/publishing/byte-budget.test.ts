import fc from "fast-check";
import { expect, test } from "vitest";
import { byteLength, fitBudget } from "./byte-budget.ts";

/** An entry is a number of bytes, which can be made smaller by ten down to ten. */
const smaller = (bytes: number) => (bytes > 10 ? bytes - 10 : null);
const fit = (entries: number[], budget: number) =>
  fitBudget(entries, (kept) => kept.reduce((sum, bytes) => sum + bytes, 0) <= budget, smaller);

test("leaves alone what fits", () => expect(fit([50, 40], 90)).toEqual({ entries: [50, 40], shrunk: 0, dropped: [] }));

test("makes the last entry smaller first, then leaves it out, then goes to the one before it", () => {
  expect(fit([50, 40], 70)).toEqual({ entries: [50, 20], shrunk: 1, dropped: [] });
  expect(fit([50, 40], 45)).toEqual({ entries: [40], shrunk: 1, dropped: [40] });
  expect(fit([50, 40], 5)).toEqual({ entries: [], shrunk: 0, dropped: [40, 50] });
});

test("what is kept fits, is the beginning of what was given, and only its last entry lost anything", () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 }), fc.nat(600), (entries, budget) => {
      const { entries: kept, dropped } = fit(entries, budget);
      expect(kept.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(budget);
      expect(kept.slice(0, -1)).toEqual(entries.slice(0, Math.max(kept.length - 1, 0)));
      expect(dropped.toReversed()).toEqual(entries.slice(kept.length));
    }),
  ));

test("bytes are counted as Shopify counts them", () => expect(byteLength("ついで $")).toBe(11));
