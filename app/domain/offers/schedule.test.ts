import fc from "fast-check";
import { expect, test } from "vitest";
import { nextChange, nextRun, schedule, scheduleState, type Schedule } from "./schedule.ts";

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

const NEW_YORK = "America/New_York";
const LORD_HOWE = "Australia/Lord_Howe";

test.each([
  // The clocks are put forward in between: what is skipped counts as if they were not.
  ["2027-03-14T01:30", "2027-03-14T02:15", NEW_YORK, "2027-03-14T06:30Z", "2027-03-14T07:15Z"],
  ["2027-03-14T02:10", "2027-03-14T02:40", NEW_YORK, "2027-03-14T07:10Z", "2027-03-14T07:40Z"],
  // They are put back: both ends are the first of two.
  ["2026-11-01T01:15", "2026-11-01T01:45", NEW_YORK, "2026-11-01T05:15Z", "2026-11-01T05:45Z"],
  ["2026-10-04T01:50", "2026-10-04T02:20", LORD_HOWE, "2026-10-03T15:20Z", "2026-10-03T15:50Z"],
  ["2027-04-04T01:30", "2027-04-04T02:30", LORD_HOWE, "2027-04-03T14:30Z", "2027-04-03T16:00Z"],
  ["2026-12-31T23:00", "2027-01-01T01:00", "Asia/Tokyo", "2026-12-31T14:00Z", "2026-12-31T16:00Z"],
])("from %s to %s in %s it runs from %s to %s", (from, to, zone, begins, ends) => {
  const given = { from, to, yearly: false };
  const before = new Date(at(begins).getTime() - 1);
  expect(scheduleState(given, before, zone)).toBe("ahead");
  expect(nextChange(given, before, zone)).toEqual(at(begins));
  expect(scheduleState(given, at(begins), zone)).toBe("running");
  expect(nextChange(given, at(begins), zone)).toEqual(at(ends));
  expect(scheduleState(given, at(ends), zone)).toBe("over");
});

test("a season keeps its local hours in years whose clocks change on other days, and after a leap day", () => {
  // In 2027 the clocks change on 14 March, in 2029 on 11 March.
  const spring = { from: "2027-03-12T09:00", to: "2027-03-13T09:00", yearly: true };
  expect(nextChange(spring, at("2027-01-01T00:00Z"), NEW_YORK)).toEqual(at("2027-03-12T14:00Z"));
  expect(nextChange(spring, at("2029-01-01T00:00Z"), NEW_YORK)).toEqual(at("2029-03-12T13:00Z"));
  // 29 February is 1 March in other years.
  const leap = { from: "2028-02-29T00:00", to: "2028-03-02T00:00", yearly: true };
  expect(nextChange(leap, at("2029-01-01T00:00Z"), "UTC")).toEqual(at("2029-03-01T00:00Z"));
  expect(nextChange(leap, at("2032-01-01T00:00Z"), "UTC")).toEqual(at("2032-02-29T00:00Z"));
});

test("the next run is the one that runs, or the next that begins, and there is none once it is over", () => {
  const winter = { from: "2026-12-20T00:00", to: "2027-01-06T00:00", yearly: true };
  expect(nextRun(winter, at("2026-11-28T00:00Z"), "UTC")).toEqual({
    from: at("2026-12-20T00:00Z"),
    to: at("2027-01-06T00:00Z"),
  });
  expect(nextRun(winter, at("2028-01-03T00:00Z"), "UTC")).toEqual({
    from: at("2027-12-20T00:00Z"),
    to: at("2028-01-06T00:00Z"),
  });
  expect(nextRun(winter, at("2028-01-06T00:00Z"), "UTC")?.from).toEqual(at("2028-12-20T00:00Z"));
  expect(nextRun({ ...winter, yearly: false }, at("2027-02-01T00:00Z"), "UTC")).toBeNull();
  expect(nextRun(always, at("2027-02-01T00:00Z"), "UTC")).toEqual({ from: null, to: null });
});
