import fc from "fast-check";
import { expect, test } from "vitest";
import { isChoiceDue, learningDueAt } from "./learning-due.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");

test("lists that were never learnt are due at once", () => {
  expect(learningDueAt(null)).toBeLessThan(0);
});

test("after a learning of three seconds the shop rests for twelve", () => {
  expect(learningDueAt({ endedAt: NOON, took: 3_000 })).toBe(NOON + 12_000);
});

test("a shop that sells without pause learns for at most a fifth of the time", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 2 }), (durations) => {
      let now = NOON;
      for (const took of durations) now = learningDueAt({ endedAt: now + took, took });
      const learning = durations.reduce((sum, took) => sum + took, 0);
      expect(learning).toBeLessThanOrEqual((now - NOON) / 5);
    }),
  );
});

test.each([
  ["never chosen", null, 1_000, NOON, true],
  ["chosen a minute ago on as many baskets", { at: NOON - 60_000, baskets: 1_000 }, 1_000, NOON, false],
  ["chosen on 5 % fewer", { at: NOON - 60_000, baskets: 1_000 }, 1_050, NOON, false],
  ["chosen on more than 5 % fewer", { at: NOON - 60_000, baskets: 1_000 }, 1_051, NOON, true],
  ["chosen on more than 5 % more", { at: NOON - 60_000, baskets: 1_000 }, 949, NOON, true],
  ["chosen a day ago", { at: NOON - 86_400_000, baskets: 1_000 }, 1_000, NOON, true],
  ["chosen on none, and there are none", { at: NOON - 60_000, baskets: 0 }, 0, NOON, false],
  ["chosen on none, and there is one", { at: NOON - 60_000, baskets: 0 }, 1, NOON, true],
])("a ranking %s: is another choice due?", (_, past, baskets, now, due) => {
  expect(isChoiceDue(past, baskets, now)).toBe(due);
});
