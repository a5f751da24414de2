import { expect, test } from "vitest";
import { seededRandom } from "../../../../test/dev-store/shop/random.ts";
import { poisson, type Random } from "../../../../test/fixtures/made-up-baskets.ts";
import type { Rate } from "../../statistics/rate-fall.ts";
import { findStopped, WATCHED_DAYS, type Stopped } from "./stopped.ts";

/** Looks a day, as the worker takes them. */
const LOOKS = 4;
const MONTH = 30;

interface SimulatedShop {
  readonly visitsPerDay: number;
  /** Pages that one visit sees, on average: what a visit is shown, it is shown on all of them or on none. */
  readonly pages: number;
  readonly share: number;
}

const SHOPS: readonly SimulatedShop[] = [
  { visitsPerDay: 2, pages: 3, share: 0.5 },
  { visitsPerDay: 20, pages: 4, share: 0.1 },
  { visitsPerDay: 60, pages: 8, share: 0.6 },
  { visitsPerDay: 400, pages: 5, share: 0.03 },
  { visitsPerDay: 500, pages: 3, share: 0.9 },
];

/** One part of a day. Nights are quiet, weekends are busy. */
function part(shop: SimulatedShop, at: number, random: Random): Rate {
  const night = [0.05, 0.15, 0.35, 0.45][at % LOOKS]!;
  const weekend = Math.floor(at / LOOKS) % 7 < 2 ? 1.8 : 0.7;
  const visits = poisson(random, shop.visitsPerDay * night * weekend);
  let [events, opportunities] = [0, 0];
  for (let visit = 0; visit < visits; visit++) {
    const pages = 1 + poisson(random, shop.pages - 1);
    opportunities += pages;
    if (random() < shop.share) events += pages;
  }
  return { events, opportunities };
}

/** The days up to a look, the latest first. */
function daysAt(parts: readonly Rate[], look: number): Rate[] {
  return Array.from({ length: WATCHED_DAYS }, (_, day) => {
    const end = look - day * LOOKS;
    const inDay = parts.slice(end - LOOKS, end);
    return {
      events: inDay.reduce((sum, { events }) => sum + events, 0),
      opportunities: inDay.reduce((sum, { opportunities }) => sum + opportunities, 0),
    };
  });
}

const simulated = (shop: SimulatedShop, days: number, random: Random) =>
  Array.from({ length: days * LOOKS }, (_, at) => part(shop, at, random));

test.each([0.25, 0.5])(
  "calls something stopped in at most one month of a hundred where rates do not change (%d)",
  (ratio) => {
    const random = seededRandom(7);
    let months = 0;
    let alarmed = 0;
    for (const shop of SHOPS) {
      for (let run = 0; run < 60; run++) {
        const parts = simulated(shop, WATCHED_DAYS + MONTH, random);
        months++;
        for (let look = WATCHED_DAYS * LOOKS; look <= parts.length; look++) {
          if (findStopped(daysAt(parts, look), null, ratio) === null) continue;
          alarmed++;
          break;
        }
      }
    }
    expect(months).toBe(300);
    expect(alarmed / months).toBeLessThanOrEqual(0.01);
  },
  60_000,
);

/** Looks after a fault until it is found; what is shown is nothing from then on. */
function looksUntilFound(shop: SimulatedShop, random: Random): number {
  const parts = simulated(shop, WATCHED_DAYS + 21, random);
  const fault = WATCHED_DAYS * LOOKS;
  const faulty = parts.map((each, at) => (at < fault ? each : { ...each, events: 0 }));
  for (let look = fault; look <= faulty.length; look++) {
    if (findStopped(daysAt(faulty, look), null) !== null) return look - fault;
  }
  return Infinity;
}

test.each([
  [SHOPS[4]!, 1],
  [SHOPS[2]!, 2],
  [{ visitsPerDay: 20, pages: 2, share: 0.5 }, 8],
])("finds within days that nothing is shown any more (%o)", (shop, days) => {
  const random = seededRandom(11);
  const looks = Array.from({ length: 20 }, () => looksUntilFound(shop, random)).sort((a, b) => a - b);
  expect(looks[18]).toBeLessThanOrEqual(days * LOOKS);
});

test("a fault is found again for as long as it lasts, and not once it is repaired", () => {
  const random = seededRandom(3);
  const shop = SHOPS[2]!;
  const parts = simulated(shop, WATCHED_DAYS + 60, random);
  const fault = WATCHED_DAYS * LOOKS;
  const repaired = fault + 50 * LOOKS;
  const seen = parts.map((each, at) => (at < fault || at >= repaired ? each : { ...each, events: 0 }));
  let known: Stopped | null = null;
  const found: boolean[] = [];
  for (let look = fault + 3 * LOOKS; look <= seen.length; look++) {
    known = findStopped(daysAt(seen, look), known);
    found.push(known !== null);
  }
  const lasting = 47 * LOOKS;
  expect(found.slice(0, lasting)).toEqual(Array.from({ length: lasting }, () => true));
  expect(found.slice(lasting + 2 * LOOKS).some(Boolean)).toBe(false);
});

test("waits where a quiet shop says too little", () => {
  expect(looksUntilFound(SHOPS[0]!, seededRandom(5))).toBe(Infinity);
});

test("says nothing of a shop that is new, closed or has never shown anything", () => {
  const busy = { events: 500, opportunities: 1000 };
  const none = { events: 0, opportunities: 0 };
  const days = (recent: Rate, before: Rate, seen: number) =>
    Array.from({ length: WATCHED_DAYS }, (_, day) => (day === 0 ? recent : day <= seen ? before : none));
  const stopped = { events: 0, opportunities: 1000 };
  expect(findStopped(days(stopped, busy, 5), null)).toBe(null);
  expect(findStopped(days(none, busy, 30), null)).toBe(null);
  expect(findStopped(days(stopped, stopped, 30), null)).toBe(null);
  expect(findStopped(days(stopped, busy, 30), null)).toMatchObject({ days: 1, now: stopped });
});

test("a rate that fell to a half has not stopped", () => {
  const days = Array.from({ length: WATCHED_DAYS }, (_, day) =>
    day < 7 ? { events: 250, opportunities: 1000 } : { events: 500, opportunities: 1000 },
  );
  expect(findStopped(days, null)).toBe(null);
});
