import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_RANGE_DAYS, RANGE_NAMES, rangeRefusal, rangeSteps, reportRange } from "./report-range.ts";

const NOW = Date.parse("2026-11-28T16:00:00Z");
const own = (from: string, to: string) => ({ range: "own", from, to }) as const;
const WEEK = { range: "7", from: "", to: "" } as const;
const days = (query: Parameters<typeof reportRange>[0], timezone = "UTC") => {
  const { period, before, days: count } = reportRange(query, NOW, timezone);
  return [period.fromDay, period.toDay, before.fromDay, before.toDay, count];
};

test("a period of so many days ends today in the shop's timezone, and follows as many days", () => {
  expect(days(WEEK)).toEqual(["2026-11-22", "2026-11-28", "2026-11-15", "2026-11-21", 7]);
  expect(days(WEEK, "Asia/Tokyo").slice(0, 2)).toEqual(["2026-11-23", "2026-11-29"]);
  const range = reportRange(WEEK, NOW, "Asia/Tokyo");
  expect(new Date(range.period.from).toISOString()).toBe("2026-11-22T15:00:00.000Z");
});

test.each([
  // Clocks in New York are put back on 1 November 2026 at 2:00, and forward on 8 March 2026 at 2:00.
  ["America/New_York", WEEK, "2026-11-06T19:30:00Z", "2026-10-30T18:30:00Z"],
  ["America/New_York", WEEK, "2026-11-01T06:30:00Z", "2026-10-25T05:30:00Z"],
  ["America/New_York", WEEK, "2026-11-08T06:30:00Z", "2026-11-01T05:30:00Z"],
  ["America/New_York", WEEK, "2026-03-15T06:30:00Z", "2026-03-08T07:30:00Z"],
  ["Asia/Tokyo", WEEK, "2026-11-28T16:00:00Z", "2026-11-21T16:00:00Z"],
  ["UTC", { range: "year", from: "", to: "" }, "2026-11-28T16:00:00Z", "2025-11-28T16:00:00Z"],
  ["UTC", own("2026-11-20", "2026-11-28"), "2026-11-28T16:00:00Z", "2026-11-19T16:00:00Z"],
  // The day's first moment and its last.
  ["UTC", WEEK, "2026-11-28T00:00:00Z", "2026-11-21T00:00:00Z"],
  ["UTC", WEEK, "2026-11-28T23:59:59.999Z", "2026-11-21T23:59:59.999Z"],
] as const)("in %s the period before ends when its last day has come as far as today", (timezone, query, at, end) => {
  const { before, period, isSoFar } = reportRange(query, Date.parse(at), timezone);
  expect(new Date(before.to - 1).toISOString()).toBe(new Date(end).toISOString());
  expect([before.to <= period.from, isSoFar]).toEqual([true, true]);
});

test("a period whose last day is over is compared with a whole one", () => {
  const { period, before, isSoFar } = reportRange(own("2026-11-20", "2026-11-27"), NOW, "UTC");
  expect([before.to, isSoFar]).toEqual([period.from, false]);
});

test("this year is compared with the same days of the year before", () => {
  const year = { range: "year", from: "", to: "" } as const;
  expect(days(year)).toEqual(["2026-01-01", "2026-11-28", "2025-01-01", "2025-11-28", 332]);
  const leapDay = Date.parse("2028-02-29T12:00:00Z");
  const { before } = reportRange(year, leapDay, "UTC");
  expect([before.fromDay, before.toDay]).toEqual(["2026-12-31", "2027-02-28"]);
});

test("days of one's own are refused with the reason, and count as the usual period", () => {
  const refusal = (from: string, to: string) => rangeRefusal(own(from, to), "2026-11-29");
  expect(refusal("2026-02-29", "2026-03-01")).toBe("no-day");
  expect(refusal("2026-11-02", "")).toBe("no-day");
  expect(refusal("2026-11-02", "2026-11-01")).toBe("order");
  expect(refusal("2026-11-02", "2026-11-30")).toBe("future");
  expect(refusal("2023-01-01", "2026-11-01")).toBe("too-long");
  expect(refusal("2026-11-29", "2026-11-29")).toBeNull();
  expect(days(own("2026-11-02", "2026-11-01"))).toEqual(days({ range: "30", from: "", to: "" }));
  expect(days(own("2026-10-01", "2026-10-31"))).toEqual(["2026-10-01", "2026-10-31", "2026-08-31", "2026-09-30", 31]);
});

test("whatever is asked for, both periods have the same days, and the points of a chart cover them once", () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .date({ min: new Date("2024-01-01"), max: new Date("2026-11-28"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  );
  const query = fc.record({ range: fc.constantFrom(...RANGE_NAMES), from: text, to: text });
  fc.assert(
    fc.property(query, fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York"), (asked, timezone) => {
      const { period, before, days: count } = reportRange(asked, NOW, timezone);
      expect(count).toBeLessThanOrEqual(LONGEST_RANGE_DAYS);
      const length = (one: typeof period) =>
        Math.round((Date.parse(one.toDay) - Date.parse(one.fromDay)) / 86_400_000) + 1;
      expect([length(period), length(before)]).toEqual([count, count]);
      const steps = rangeSteps(period);
      expect([steps[0]!.from, steps.at(-1)!.to]).toEqual([period.fromDay, period.toDay]);
      expect(steps).toHaveLength(count > 62 ? Math.ceil(count / 7) : count);
      expect(rangeSteps(before)).toHaveLength(steps.length);
      for (const [place, step] of steps.slice(1).entries()) {
        expect(Date.parse(step.from) - Date.parse(steps[place]!.to)).toBe(86_400_000);
      }
    }),
  );
});
