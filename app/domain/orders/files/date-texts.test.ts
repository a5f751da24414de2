import fc from "fast-check";
import { expect, test } from "vitest";
import { readDates, readTime } from "./date-texts.ts";

const NO_HINTS = { dayFirstIsLikelier: false };
const days = (texts: string[], hints = NO_HINTS) =>
  readDates(texts, hints).at.map((at) => (Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10)));

test.each([
  ["2010-12-01 08:26:00", Date.UTC(2010, 11, 1, 8, 26)],
  ["2010-12-01T08:26:00Z", Date.UTC(2010, 11, 1, 8, 26)],
  ["2025-10-07 09:50:26 +0200", Date.UTC(2025, 9, 7, 7, 50, 26)],
  ["2025-10-07T09:50:26.123-05:30", Date.UTC(2025, 9, 7, 15, 20, 26, 123)],
  ["2025/1/7 9:05", Date.UTC(2025, 0, 7, 9, 5)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["20231231", Date.UTC(2023, 11, 31)],
  ["20231231T101112Z", Date.UTC(2023, 11, 31, 10, 11, 12)],
  ["2023年12月31日", Date.UTC(2023, 11, 31)],
  ["2023年12月31日(日) 14時05分", Date.UTC(2023, 11, 31, 14, 5)],
  ["2023/12/31 午後3:05", Date.UTC(2023, 11, 31, 15, 5)],
  ["令和5年12月31日", Date.UTC(2023, 11, 31)],
  ["R5.12.31", Date.UTC(2023, 11, 31)],
  ["31 Dec 2023", Date.UTC(2023, 11, 31)],
  ["31-Dec-23", Date.UTC(2023, 11, 31)],
  ["Dec 31, 2023 at 6:05 PM", Date.UTC(2023, 11, 31, 18, 5)],
  ["Sun, 31 Dec 2023 10:00:00 +0000", Date.UTC(2023, 11, 31, 10)],
  ["31. Dezember 2023", Date.UTC(2023, 11, 31)],
  ["31 déc. 2023", Date.UTC(2023, 11, 31)],
  ["31 de diciembre de 2023", Date.UTC(2023, 11, 31)],
  ["31.12.2023 14:05", Date.UTC(2023, 11, 31, 14, 5)],
  ["12/31/23 12:05 AM", Date.UTC(2023, 11, 31, 0, 5)],
  ["31/12/2023 à 14:05", Date.UTC(2023, 11, 31, 14, 5)],
  ["2023-12-31 10:00 JST", Date.UTC(2023, 11, 31, 1)],
  ["1700000000", 1_700_000_000_000],
  ["1700000000000", 1_700_000_000_000],
  ["25", 25],
])("reads the time %s", (text, at) => {
  expect(readTime(text)).toBe(at);
});

test.each(["", "yesterday", "2023-02-29", "2023-13-01", "2023-01-01 24:00", "-5", "01/02/2023", "13:00 PM"])(
  "does not guess the time of %j",
  (text) => expect(readTime(text)).toBeNaN(),
);

test("tells day or month first by a number that can be a day only", () => {
  expect(days(["01/02/2026", "31/01/2026"])).toEqual(["2026-02-01", "2026-01-31"]);
  expect(days(["01/02/2026", "01/31/2026"])).toEqual(["2026-01-02", "2026-01-31"]);
});

test("tells it by the order of time where no number says", () => {
  expect(days(["01/02/2026", "02/02/2026", "03/02/2026", "01/03/2026"])[0]).toBe("2026-02-01");
  expect(days(["03/02/2026", "02/02/2026", "01/02/2026", "12/01/2026"])[0]).toBe("2026-02-03");
  expect(days(["2026-02-01", "01/02/2026", "2026-02-03"])[1]).toBe("2026-02-01");
});

test("tells it by what the file is like, and says where nothing tells", () => {
  expect(readDates(["01/02/2026"], { dayFirstIsLikelier: true }).order).toBe("day-month-year");
  expect(days(["01.02.2026"])).toEqual(["2026-02-01"]);
  expect(days(["01/02/2026 1:00 PM"])).toEqual(["2026-01-02"]);
  expect(readDates(["01/02/2026"], NO_HINTS)).toMatchObject({ order: null, isAmbiguous: true });
});

test("reads of a column that mixes both what can be one day only", () => {
  expect(days(["13/02/2026", "02/14/2026", "05/02/2026"])).toEqual(["2026-02-13", "2026-02-14", null]);
});

test("reads years of two digits first, and days of spreadsheets", () => {
  expect(days(["23/12/31", "24/01/02", "24/01/03"])).toEqual(["2023-12-31", "2024-01-02", "2024-01-03"]);
  expect(readDates(["45291", "45292.5"], NO_HINTS).at).toEqual([Date.UTC(2023, 11, 31), Date.UTC(2024, 0, 1, 12)]);
  expect(readDates(["1", "45291"], NO_HINTS).at).toEqual([1, 45291]);
});

test("reads a year of days the same in every way of writing them", () => {
  const ways: ((y: string, m: string, d: string) => string)[] = [
    (y, m, d) => `${d}/${m}/${y}`,
    (y, m, d) => `${m}/${d}/${y}`,
    (y, m, d) => `${d}.${m}.${y.slice(2)}`,
    (y, m, d) => `${y}年${m}月${d}日`,
    (y, m, d) => `${y}${m}${d}`,
  ];
  const start = fc.integer({ min: Date.UTC(2001, 0, 1) / 86_400_000, max: Date.UTC(2029, 0, 1) / 86_400_000 });
  fc.assert(
    fc.property(start, fc.boolean(), (first, isNewestFirst) => {
      const dates = Array.from({ length: 40 }, (_, day) =>
        new Date((first + day) * 86_400_000).toISOString().slice(0, 10),
      );
      if (isNewestFirst) dates.reverse();
      for (const way of ways) {
        expect(days(dates.map((date) => way(...(date.split("-") as [string, string, string]))))).toEqual(dates);
      }
    }),
    { numRuns: 60 },
  );
});
