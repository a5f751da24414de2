import fc from "fast-check";
import { expect, test } from "vitest";
import { nextChange, schedule, scheduleState, type Schedule } from "./schedule.ts";

const always: Schedule = { from: null, to: null, yearly: false };
const at = (iso: string) => new Date(iso);
const refusals = (given: Partial<Schedule>) => {
  const parsed = schedule.parse({ ...always, ...given });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
};

test("a schedule that ends before it begins is refused", () => {
  expect(refusals({ from: "2026-11-27T00:00", to: "2026-11-26T23:59" })).toEqual(["to ends-before-it-begins"]);
  expect(refusals({ from: "2026-11-27T00:00", to: "2026-11-27T00:00" })).toEqual(["to ends-before-it-begins"]);
  expect(refusals({ from: "2026-11-27T00:00", to: "2026-11-27T00:01" })).toEqual([]);
});

test.each(["2026-02-29T00:00", "2026-13-01T00:00", "2026-01-01", "tomorrow", "1999-01-01T00:00", "2026-01-01T24:00"])(
  "%j is no minute of any calendar",
  (from) => expect(refusals({ from })).toEqual(["from not-a-time"]),
);

test("what is repeated every year has a beginning and an end within one year", () => {
  expect(refusals({ from: "2026-12-01T00:00", yearly: true })).toEqual(["to missing"]);
  expect(refusals({ to: "2026-12-01T00:00", yearly: true })).toEqual(["from missing"]);
  const christmas = { from: "2026-12-20T00:00", yearly: true };
  expect(refusals({ ...christmas, to: "2027-12-20T00:00" })).toEqual([]);
  expect(refusals({ ...christmas, to: "2027-12-20T00:01" })).toEqual(["to longer-than-a-year"]);
});

test("times are those of the shop's clocks", () => {
  const day = { ...always, from: "2026-11-27T00:00", to: "2026-11-28T00:00" };
  expect(scheduleState(day, at("2026-11-26T14:59:59Z"), "Asia/Tokyo")).toBe("ahead");
  expect(scheduleState(day, at("2026-11-26T15:00:00Z"), "Asia/Tokyo")).toBe("running");
  expect(scheduleState(day, at("2026-11-27T14:59:59Z"), "Asia/Tokyo")).toBe("running");
  expect(scheduleState(day, at("2026-11-27T15:00:00Z"), "Asia/Tokyo")).toBe("over");
  // Clocks in New York are put back between the two: the day is an hour longer.
  const autumn = { ...always, from: "2026-11-01T00:00", to: "2026-11-02T00:00" };
  expect(nextChange(autumn, at("2026-10-31T00:00Z"), "America/New_York")).toEqual(at("2026-11-01T04:00Z"));
  expect(nextChange(autumn, at("2026-11-01T12:00Z"), "America/New_York")).toEqual(at("2026-11-02T05:00Z"));
});

test("what is repeated every year runs over New Year, and never before its first time", () => {
  const winter = { from: "2026-12-20T00:00", to: "2027-01-06T00:00", yearly: true };
  const state = (iso: string) => scheduleState(winter, at(iso), "UTC");
  expect(["2025-12-25T00:00Z", "2026-12-25T00:00Z", "2027-01-05T00:00Z"].map(state)).toEqual([
    "ahead",
    "running",
    "running",
  ]);
  expect(["2027-01-06T00:00Z", "2031-12-25T00:00Z", "2032-01-05T23:59Z"].map(state)).toEqual([
    "ahead",
    "running",
    "running",
  ]);
  expect(nextChange(winter, at("2031-03-01T00:00Z"), "UTC")).toEqual(at("2031-12-20T00:00Z"));
  expect(nextChange(winter, at("2031-12-31T00:00Z"), "UTC")).toEqual(at("2032-01-06T00:00Z"));
});

test("no schedule, and one without limits, runs always and never changes", () => {
  for (const given of [null, always]) {
    expect(scheduleState(given, at("2026-01-01T00:00Z"), "UTC")).toBe("running");
    expect(nextChange(given, at("2026-01-01T00:00Z"), "UTC")).toBeNull();
  }
});

test("the state changes at the next change and at no moment before it", () => {
  const minute = fc
    .date({ min: at("2020-01-01T00:00Z"), max: at("2029-12-31T00:00Z"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16));
  const zones = fc.constantFrom("UTC", "Asia/Tokyo", "Asia/Kathmandu");
  fc.assert(
    fc.property(
      minute,
      minute,
      fc.boolean(),
      minute,
      zones,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, yearly, now, zone, part) => {
        const given = { from: a < b ? a : b, to: a < b ? b : a, yearly };
        fc.pre(schedule.parse(given).ok);
        const from = at(`${now}:00Z`);
        const change = nextChange(given, from, zone);
        const state = scheduleState(given, from, zone);
        if (change === null) {
          expect(state).toBe("over");
          return;
        }
        const between = new Date(from.getTime() + Math.floor((change.getTime() - 1 - from.getTime()) * part));
        expect(scheduleState(given, between, zone)).toBe(state);
        const isFull = yearly && given.to === given.from.replace(/^\d+/, (year) => String(Number(year) + 1));
        if (!isFull) expect(scheduleState(given, change, zone)).not.toBe(state);
      },
    ),
    { numRuns: 500 },
  );
});
