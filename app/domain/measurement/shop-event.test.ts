import { expect, test } from "vitest";
import { MOST_AHEAD_MS, MOST_BEHIND_MS, timeRefusal } from "./shop-event.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

test.each([
  ["now", 0, null],
  ["as far ahead as clocks may be", MOST_AHEAD_MS, null],
  ["further ahead", MOST_AHEAD_MS + 1, "future"],
  ["as late as a browser may send it", -MOST_BEHIND_MS, null],
  ["later", -MOST_BEHIND_MS - 1, "ancient"],
] as const)("an event %s", (_, offset, refusal) => {
  expect(timeRefusal(NOW + offset, NOW)).toBe(refusal);
});
