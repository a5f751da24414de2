import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLAIM_SECONDS,
  isWorthKeeping,
  KEPT_LISTINGS,
  type Listed,
  type Listing,
  relisted as relistedOf,
  wasListed as wasListedBy,
} from "./listing-history.ts";

const DAY = 86_400;
const at = (days: number) => 1_790_000_000 + days * DAY;

const setWith = (companion: string): Listed => ({ code: "bt", companion });
const relisted = (history: readonly Listing[], companions: readonly string[], time: number) =>
  relistedOf(history, companions.map(setWith), time);
const wasListed = (history: readonly Listing[], companion: string, time: number) =>
  wasListedBy(history, setWith(companion), time);

test("a companion counts while it is listed, and for as long after it as a cart lives", () => {
  const first = relisted([], ["1", "2"], at(0));
  const later = relisted(first, ["2"], at(100));
  const counts = (days: number) => ["1", "2", "3"].filter((companion) => wasListed(later, companion, at(days)));
  expect(counts(50)).toEqual(["1", "2"]);
  expect(counts(113)).toEqual(["1", "2"]);
  expect(counts(115)).toEqual(["2"]);
  expect(counts(-2)).toEqual([]);
});

test("what comes back later has two stretches, what comes back soon has one", () => {
  const gone = relisted(relisted([], ["1", "2"], at(0)), ["2"], at(10));
  expect(relisted(gone, ["1", "2"], at(12)).filter(({ companion }) => companion === "1")).toHaveLength(1);
  const back = relisted(gone, ["1", "2"], at(60));
  expect([5, 40, 70].map((days) => wasListed(back, "1", at(days)))).toEqual([true, false, true]);
});

test("a first list says nothing that the offer does not say itself; a changed one does", () => {
  const first = relisted([], ["1", "2"], at(0));
  expect(isWorthKeeping(first)).toBe(false);
  expect(isWorthKeeping(relisted(first, ["1"], at(1)))).toBe(true);
  expect(isWorthKeeping(relisted(first, ["1", "2", "3"], at(1)))).toBe(true);
});

const lists = fc.array(
  fc.record({ days: fc.integer({ min: 1, max: 40 }), companions: fc.uniqueArray(fc.constantFrom("1", "2", "3", "4")) }),
  { minLength: 1, maxLength: 12 },
);

test("whatever was listed at a time is known to have been listed then, and what never was is not", () =>
  fc.assert(
    fc.property(lists, (changes) => {
      let history: Listing[] = [];
      let now = 0;
      const spans: { from: number; to: number; companions: readonly string[] }[] = [];
      for (const { days, companions } of changes) {
        history = relisted(history, companions, at(now));
        spans.push({ from: now, to: now + days, companions });
        now += days;
      }
      for (const { from, to, companions } of spans) {
        for (const companion of companions) expect(wasListed(history, companion, at((from + to) / 2))).toBe(true);
      }
      for (const companion of ["1", "2", "3", "4"]) {
        const listed = spans.filter((span) => span.companions.includes(companion));
        if (listed.length === 0) expect(wasListed(history, companion, at(now))).toBe(false);
        const last = listed.at(-1);
        if (last === undefined || last.to === now) continue;
        expect(wasListed(history, companion, at(last.to) + CLAIM_SECONDS + 1)).toBe(false);
      }
    }),
  ));

test("a history never grows beyond its bound, and keeps what is listed now", () => {
  let history: Listing[] = [];
  for (let round = 0; round < 50; round++) {
    history = relisted(
      history,
      Array.from({ length: 8 }, (_, n) => String(round * 8 + n)),
      at(round * 30),
    );
  }
  expect(history).toHaveLength(KEPT_LISTINGS);
  expect(history.filter(({ until }) => until === null).map(({ companion }) => companion)).toEqual(
    Array.from({ length: 8 }, (_, n) => String(392 + n)),
  );
});

test("what one type of offer lists is not listed by another", () => {
  const upgrade = { code: "up", companion: "1" };
  const history = relistedOf([], [setWith("1"), upgrade], at(0));
  const later = relistedOf(history, [upgrade], at(100));
  expect(later).toHaveLength(2);
  expect([wasListedBy(later, setWith("1"), at(300)), wasListedBy(later, upgrade, at(300))]).toEqual([false, true]);
  expect(wasListedBy(later, { code: "mm", companion: "1" }, at(50))).toBe(false);
});
