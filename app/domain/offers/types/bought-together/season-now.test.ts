import fc from "fast-check";
import { expect, test } from "vitest";
import { seasonNow, shopMonth, standardOffsetMs } from "./season-now.ts";

const SUMMER = { months: [7, 8], together: 60, togetherInSeason: 55, years: 2, boost: 2.6, rest: 0.2 };

test("boosts a summer pair in July and rests it in December", () => {
  expect(seasonNow(SUMMER, 7)).toEqual({ factor: 2.6, state: "in-season", resting: false });
  expect(seasonNow(SUMMER, 12)).toEqual({ factor: 0.2, state: "out-of-season", resting: true });
});

test("only lowers what is bought together half as often out of its season", () => {
  expect(seasonNow({ ...SUMMER, rest: 0.5 }, 1)).toEqual({ factor: 0.5, state: "out-of-season", resting: false });
});

test("leaves what is bought together all year as it is", () => {
  expect(seasonNow(null, 3)).toEqual({ factor: 1, state: "all-year", resting: false });
});

test("turns the month over at the shop's own midnight", () => {
  const evening = Date.parse("2026-06-30T15:30:00Z");
  expect(shopMonth(evening, "Asia/Tokyo")).toBe(7);
  expect(shopMonth(evening, "America/New_York")).toBe(6);
  expect(shopMonth(evening, "no such place")).toBe(6);
});

test("never rests a pair in its season, nor boosts it out of it", () => {
  const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
  const shares = fc.record({
    boost: fc.double({ min: 1, max: 3, noNaN: true }),
    rest: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(months, shares, fc.integer({ min: 1, max: 12 }), (inSeason, { boost, rest }, month) => {
      const { factor, resting } = seasonNow({ ...SUMMER, months: inSeason, boost, rest }, month);
      expect(inSeason.includes(month) ? factor >= 1 && !resting : factor <= 1).toBe(true);
    }),
  );
});

test("shifts orders by the same hours all year, so that the same orders give the same seasons", () => {
  expect(standardOffsetMs("Asia/Tokyo")).toBe(9 * 3_600_000);
  expect(standardOffsetMs("America/New_York")).toBe(-5 * 3_600_000);
  expect(standardOffsetMs("no such place")).toBe(0);
});
