import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf, lastDays, offsetMs } from "./report-days.ts";

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

const shown = (wall: string, timezone: string) =>
  new Date(instantOf(Date.parse(`${wall}:00Z`), timezone)).toISOString().slice(0, 16);

test.each([
  // The clocks go from 02:00 to 03:00.
  ["2027-03-14T01:59", "America/New_York", "2027-03-14T06:59"],
  ["2027-03-14T02:30", "America/New_York", "2027-03-14T07:30"],
  ["2027-03-14T03:00", "America/New_York", "2027-03-14T07:00"],
  // They show 01:00 to 02:00 twice: the first counts.
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"],
  ["2026-11-01T02:00", "America/New_York", "2026-11-01T07:00"],
  // Half an hour, from 02:00 to 02:30, and back.
  ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45"],
  ["2027-04-04T01:45", "Australia/Lord_Howe", "2027-04-03T14:45"],
  ["2026-11-27T09:00", "Asia/Tokyo", "2026-11-27T00:00"],
  // A midnight that is skipped: the day begins at one o'clock.
  ["2018-11-04T00:00", "America/Sao_Paulo", "2018-11-04T03:00"],
])("%s in %s is %s UTC", (wall, timezone, utc) => expect(shown(wall, timezone)).toBe(utc));

test("the clocks show every time at the moment that is given for it, unless they skip it", () => {
  const zones = fc.constantFrom("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");
  fc.assert(
    fc.property(fc.integer({ min: 17_000_000, max: 34_000_000 }), zones, (minute, timezone) => {
      const wall = minute * 60_000;
      const at = instantOf(wall, timezone);
      const difference = at + offsetMs(at, timezone) - wall;
      // What is skipped comes later by as much as the clocks are put forward, and is shown by no moment of that day.
      if (difference !== 0) {
        expect(difference).toBe(offsetMs(at, timezone) - offsetMs(at - difference - 1, timezone));
      }
    }),
    { numRuns: 2_000 },
  );
});
