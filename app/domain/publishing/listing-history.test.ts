import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLAIM_SECONDS,
  isWorthKeeping,
  KEPT_LISTINGS,
  type Listed,
  type Listing,
  relisted as relistedOf,
  SINCE_FOUND,
  SINCE_UNKNOWN,
  wasAnythingListed,
  wasListed as wasListedBy,
} from "./listing-history.ts";

const DAY = 86_400;
const at = (days: number) => 1_790_000_000 + days * DAY;

const by = (number: number | null, companion: string): Listed => ({ code: "bt", number, companion });
const setWith = (companion: string) => by(1, companion);
const paid = (time: number, installedAt = 0) => ({ at: time, installedAt });
const relisted = (history: readonly Listing[], companions: readonly string[], time: number) =>
  relistedOf(history, companions.map(setWith), time);
const wasListed = (history: readonly Listing[], companion: string, time: number) =>
  wasListedBy(history, setWith(companion), paid(time));

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

test("what has ended never grows beyond its bound, and what is listed now is kept whole", () => {
  let history: Listing[] = [];
  for (let round = 0; round < 50; round++) {
    history = relisted(
      history,
      Array.from({ length: 8 }, (_, n) => String(round * 8 + n)),
      at(round * 30),
    );
  }
  const open = () => history.flatMap(({ until, companion }) => (until === null ? companion : []));
  const ended = () => history.flatMap(({ until }) => until ?? []);
  expect([open(), ended().length]).toEqual([Array.from({ length: 8 }, (_, n) => String(392 + n)), KEPT_LISTINGS]);
  expect(Math.min(...ended())).toBe(at((50 - KEPT_LISTINGS / 8) * 30));
  const many = Array.from({ length: KEPT_LISTINGS + 50 }, (_, n) => String(n + 1_000));
  history = relisted(history, many, at(2_000));
  expect([open(), ended().length]).toEqual([many, KEPT_LISTINGS]);
  expect(relisted(history, many, at(2_001))).toEqual(history);
});

test("what one type of offer lists is not listed by another", () => {
  const upgrade = { code: "up", number: 1, companion: "1" };
  const history = relistedOf([], [setWith("1"), upgrade], at(0));
  const later = relistedOf(history, [upgrade], at(100));
  expect(later).toHaveLength(2);
  const at300 = paid(at(300));
  expect([wasListedBy(later, setWith("1"), at300), wasListedBy(later, upgrade, at300)]).toEqual([false, true]);
  expect(wasListedBy(later, { code: "mm", number: 1, companion: "1" }, paid(at(50)))).toBe(false);
});

test("what one offer lists is not listed by another of its type, and each keeps its own time", () => {
  const both = relistedOf([], [by(1, "8"), by(2, "8"), by(2, "9")], at(0));
  const later = relistedOf(both, [by(2, "8")], at(100));
  const counts = (days: number) =>
    [by(1, "8"), by(2, "8"), by(1, "9"), by(2, "9"), by(3, "8")].map((one) => wasListedBy(later, one, paid(at(days))));
  expect(counts(50)).toEqual([true, true, false, true, false]);
  expect(counts(120)).toEqual([false, true, false, false, false]);
  const anything = (number: number, days: number) => wasAnythingListed(later, { code: "bt", number }, at(days));
  expect([anything(1, 50), anything(2, 50), anything(3, 50)]).toEqual([true, true, false]);
  expect([anything(1, 120), anything(2, 120)]).toEqual([false, true]);
  expect(wasListedBy(later, { code: "bt", number: "any", companion: "9" }, paid(at(50)))).toBe(true);
});

test("an id without a number names no offer that is known by one", () => {
  const history = relistedOf([], [by(1, "8")], at(0));
  expect([by(1, "8"), by(null, "8")].map((one) => wasListedBy(history, one, paid(at(1))))).toEqual([true, false]);
});

test("what only the type is known of counts for each offer of it, until its list is known by offer and carts are gone", () => {
  const before: Listing[] = [{ ...by(null, "8"), since: at(0), until: null }];
  const after = relistedOf(before, [by(1, "8")], at(100));
  expect(after).toEqual([
    { ...by(null, "8"), since: at(0), until: at(100) },
    { ...by(1, "8"), since: at(100), until: null },
  ]);
  const counts = (days: number) =>
    [by(1, "8"), by(2, "8"), by(null, "8")].map((one) => wasListedBy(after, one, paid(at(days))));
  expect(counts(50)).toEqual([true, true, true]);
  expect(counts(113)).toEqual([true, true, true]);
  expect(counts(115)).toEqual([true, false, false]);
  expect(wasAnythingListed(after, { code: "bt", number: 2 }, at(50))).toBe(true);
  expect(wasAnythingListed(after, { code: "bt", number: 2 }, at(115))).toBe(false);
});

test("a first list counts by type for the time before the installation, and what was found there by its offer", () => {
  const counts = (since: number, days: number) =>
    [by(1, "8"), by(2, "8"), by(null, "8")].map((one) =>
      wasListedBy([{ ...by(1, "8"), since, until: null }], one, paid(at(days), at(10))),
    );
  expect([counts(SINCE_UNKNOWN, 9), counts(SINCE_UNKNOWN, 11)]).toEqual([
    [true, true, true],
    [true, false, false],
  ]);
  expect([counts(SINCE_FOUND, 9), counts(SINCE_FOUND, 11)]).toEqual([
    [true, false, false],
    [true, false, false],
  ]);
});
