import fc from "fast-check";
import { expect, test } from "vitest";
import { lastDays } from "./report-days.ts";

test("days begin at the shop's midnight, not at Greenwich's", () => {
  const period = lastDays(Date.parse("2026-11-21T16:00:00Z"), "Asia/Tokyo", 30);
  expect(period.toDay).toBe("2026-11-22");
  expect(period.fromDay).toBe("2026-10-24");
  expect(new Date(period.from).toISOString()).toBe("2026-10-23T15:00:00.000Z");
  expect(new Date(period.to).toISOString()).toBe("2026-11-22T15:00:00.000Z");
});

test("a period over a change of clocks is an hour longer", () => {
  const { from, to } = lastDays(Date.parse("2026-11-02T12:00:00Z"), "America/New_York", 2);
  expect(to - from).toBe(49 * 3_600_000);
});

test("an unknown timezone counts as UTC", () => {
  expect(lastDays(Date.parse("2026-11-21T00:30:00Z"), "Mars/Olympus", 1).fromDay).toBe("2026-11-21");
});

test("now always lies within today", () => {
  const zones = fc.constantFrom("Asia/Tokyo", "America/New_York", "Europe/London", "Pacific/Apia", "America/Sao_Paulo");
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }), zones, (now, timezone) => {
      const { from, to } = lastDays(now, timezone, 1);
      expect(from).toBeLessThanOrEqual(now);
      expect(to).toBeGreaterThan(now);
    }),
  );
});
