import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { shopDomain } from "../../app/domain/ids.ts";
import { EVENT_KINDS, EVENT_PLACES, type ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import { describeBrowsing } from "./event-store-browsing.ts";
import { describeReports } from "./event-store-reports.ts";
import { describeUnits } from "./event-store-units.ts";
import { describeVisits } from "./event-store-visits.ts";
import type { EventStore, MovedEvents } from "../../app/persistence/events/event-store.ts";

/* What holds for every store of events. Each of them has a test file that calls this. */

export const TEA = shopDomain("tea.myshopify.com");
export const BOOKS = shopDomain("books.myshopify.com");
export const NOW = new Date("2026-11-20T12:30:00Z");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The hour that {@link NOW} is in, and the one after it. */
const HOUR = new Date("2026-11-20T12:00:00Z");
const NEXT_HOUR = new Date("2026-11-20T13:00:00Z");
const LONG_AGO = new Date(NOW.getTime() - 1000 * DAY_MS);
const FAR_AHEAD = new Date(NOW.getTime() + 1000 * DAY_MS);

/** Of a test, on a machine that is busy: some of them move events a hundred times. */
const PATIENCE_MS = 240_000;

let made = 0;

/** An event that differs from every other one by its id. */
export function shopEvent(fields: Partial<ShopEvent> = {}): ShopEvent {
  const about = { offer: 1, surface: "product", product: "7", visitor: "v1" } as const;
  return { shop: TEA, id: `event-${made++}`, kind: "shown", at: NOW.getTime(), ...about, ...fields };
}

/** Moves until nothing waits. */
export async function moveAll(store: EventStore, now = NOW): Promise<Omit<MovedEvents, "hasMore">> {
  const sum = { moved: 0, repeated: 0, refused: 0 };
  for (let hasMore = true; hasMore;) {
    const done = await store.move(now);
    for (const key of ["moved", "repeated", "refused"] as const) sum[key] += done[key];
    hasMore = done.hasMore;
  }
  return sum;
}

/** `open` gives the store, `empty` takes everything out of it. `runs`: how many inputs each law is checked on. */
export function describeEventStore(
  name: string,
  open: () => Promise<{ store: EventStore; empty: () => Promise<void>; close: () => Promise<void> }>,
  runs = 25,
): void {
  describe(name, { timeout: PATIENCE_MS }, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: EventStore;
    beforeEach(async () => {
      opened ??= await open();
      store = opened.store;
      await opened.empty();
    });
    afterAll(() => opened?.close());

    const allTotals = (shop = TEA) => store.readTotals(shop, LONG_AGO, FAR_AHEAD);
    const eventsOf = async (shop = TEA) => (await allTotals(shop)).reduce((sum, { events }) => sum + events, 0);

    test("counts appended events once they are moved, by offer, surface, product and kind", async () => {
      const cart = { offer: 2, surface: "cart", product: "0", kind: "added" } as const;
      await store.append([shopEvent(), shopEvent(), shopEvent({ kind: "seen" }), shopEvent(cart)]);
      expect(await allTotals()).toEqual([]);
      expect(await moveAll(store)).toEqual({ moved: 4, repeated: 0, refused: 0 });
      expect(await allTotals()).toEqual([
        { offer: 1, surface: "product", product: "7", kind: "seen", events: 1 },
        { offer: 1, surface: "product", product: "7", kind: "shown", events: 2 },
        { offer: 2, surface: "cart", product: "0", kind: "added", events: 1 },
      ]);
      expect((await store.readTotals(TEA, LONG_AGO, FAR_AHEAD, 2)).map(({ offer }) => offer)).toEqual([2]);
      expect(await store.readTotals(BOOKS, LONG_AGO, FAR_AHEAD, 2)).toEqual([]);
    });

    test("counts an event in the hour in which it happened, the first instant included and the last one not", async () => {
      const at = [HOUR.getTime() - 1, HOUR.getTime(), NEXT_HOUR.getTime() - 1, NEXT_HOUR.getTime()];
      await store.append(at.map((time) => shopEvent({ at: time })));
      await moveAll(store);
      expect((await store.readTotals(TEA, HOUR, NEXT_HOUR)).map(({ events }) => events)).toEqual([2]);
      expect(await eventsOf()).toBe(4);
    });

    test("stores an id once, repeated in one call, in several, before and after it was moved", async () => {
      const event = shopEvent();
      await store.append([event, event]);
      await store.append([event]);
      expect(await moveAll(store)).toEqual({ moved: 1, repeated: 2, refused: 0 });
      await store.append([event]);
      expect(await moveAll(store)).toEqual({ moved: 0, repeated: 1, refused: 0 });
      expect(await eventsOf()).toBe(1);
    });

    test("keeps an id of one shop apart from the same id of another", async () => {
      const event = shopEvent();
      await store.append([event, { ...event, shop: BOOKS }]);
      expect(await moveAll(store)).toMatchObject({ moved: 2 });
      expect([await eventsOf(TEA), await eventsOf(BOOKS)]).toEqual([1, 1]);
    });

    test("stores events on both sides of midnight once", async () => {
      const midnight = Date.parse("2026-11-20T00:00:00Z");
      const events = [-1, 0].map((offset) => shopEvent({ at: midnight + offset }));
      await store.append(events);
      await moveAll(store);
      await store.append(events);
      expect(await moveAll(store)).toEqual({ moved: 0, repeated: 2, refused: 0 });
    });

    test("keeps texts as they are, whatever is in them", async () => {
      const strange = ["tab\tand\nline\r", "back\\slash\\N", "'; DROP TABLE events; --", '"quoted"', "ついで🍵"];
      await store.append(strange.map((id) => shopEvent({ id, visitor: id })));
      expect(await moveAll(store)).toMatchObject({ moved: strange.length });
      await store.append(strange.map((id) => shopEvent({ id, visitor: id })));
      expect(await moveAll(store)).toMatchObject({ moved: 0, repeated: strange.length });
    });

    test("holds the largest product numbers that Shopify's ids have room for", async () => {
      await store.append([shopEvent({ product: "9223372036854775807" })]);
      await moveAll(store);
      expect((await allTotals()).map(({ product }) => product)).toEqual(["9223372036854775807"]);
    });

    test("moves more than one call takes, and says that more is waiting", async () => {
      const events = Array.from({ length: 20_001 }, () => shopEvent());
      await store.append(events);
      const first = await store.move(NOW);
      expect(first.hasMore).toBe(true);
      expect(first.moved + (await moveAll(store)).moved).toBe(events.length);
      expect(await eventsOf()).toBe(events.length);
    });

    test("several movers at once, beside writers, lose nothing and count nothing twice", async () => {
      const batches = Array.from({ length: 20 }, () => Array.from({ length: 50 }, () => shopEvent()));
      const writing = batches.map((batch) => store.append(batch));
      const moving = Array.from({ length: 6 }, () => store.move(NOW));
      await Promise.all([...writing, ...moving]);
      await moveAll(store);
      expect(await eventsOf()).toBe(1000);
    });

    test("refuses and counts events of days that are kept no longer, or that are far ahead", async () => {
      const [old, ahead] = [NOW.getTime() - 40 * DAY_MS, NOW.getTime() + 40 * DAY_MS];
      await store.append([shopEvent({ at: old }), shopEvent({ at: old }), shopEvent({ at: ahead }), shopEvent()]);
      expect(await moveAll(store)).toEqual({ moved: 1, repeated: 0, refused: 3 });
      const refused = await store.readRefused(TEA, new Date(NOW.getTime() - DAY_MS), new Date(NOW.getTime() + DAY_MS));
      expect(Object.fromEntries(refused)).toEqual({ ancient: 2, future: 1 });
    });

    test("adds up what was refused before it came here, by shop, day and reason", async () => {
      await store.countRefused([{ shop: TEA, reason: "future", events: 2 }], NOW);
      await store.countRefused(
        [
          { shop: TEA, reason: "future", events: 3 },
          { shop: TEA, reason: "unknown-offer", events: 1 },
          { shop: BOOKS, reason: "future", events: 9 },
        ],
        NOW,
      );
      await store.countRefused([{ shop: TEA, reason: "future", events: 5 }], new Date(NOW.getTime() + DAY_MS));
      const day = Date.parse("2026-11-20T00:00:00Z");
      const refused = (from: number, to: number) => store.readRefused(TEA, new Date(from), new Date(to));
      expect(Object.fromEntries(await refused(day, day + DAY_MS))).toEqual({ future: 5, "unknown-offer": 1 });
      expect(Object.fromEntries(await refused(day, day + 2 * DAY_MS))).toEqual({ future: 10, "unknown-offer": 1 });
      expect(Object.fromEntries(await refused(day - DAY_MS, day))).toEqual({});
    });

    test("drops single events after 30 days, and keeps their totals", async () => {
      const then = new Date(NOW.getTime() - 31 * DAY_MS);
      const event = shopEvent({ at: then.getTime() });
      await store.append([event]);
      expect(await moveAll(store, then)).toMatchObject({ moved: 1 });
      await store.keepDays(new Date(NOW.getTime() - DAY_MS));
      await store.append([event]);
      expect(await moveAll(store, then)).toMatchObject({ moved: 0, repeated: 1 });
      await store.keepDays(NOW);
      expect(await eventsOf()).toBe(1);
      await store.append([event]);
      // It is not known any more, as a mover sees whose clock is a month late.
      expect(await moveAll(store, then)).toMatchObject({ moved: 1, repeated: 0 });
    });

    test("forgets everything of one shop, also what was not moved yet, and nothing of another", async () => {
      await store.append([shopEvent(), shopEvent({ shop: BOOKS })]);
      await store.countRefused([{ shop: TEA, reason: "future", events: 2 }], NOW);
      await moveAll(store);
      const waiting = shopEvent();
      await store.append([waiting]);
      await store.forgetShop(TEA);
      await moveAll(store);
      expect(await allTotals()).toEqual([]);
      expect((await store.readRefused(TEA, LONG_AGO, FAR_AHEAD)).size).toBe(0);
      expect(await eventsOf(BOOKS)).toBe(1);
      await store.append([waiting]);
      expect(await moveAll(store)).toMatchObject({ moved: 1, repeated: 0 });
    });

    describeReports(() => store);

    describeBrowsing(() => store);

    describeUnits(
      () => store,
      () => opened.empty(),
      runs,
    );

    describeVisits(
      () => store,
      () => opened.empty(),
      runs,
    );

    const hours = fc.integer({ min: -47 * 60, max: 0 }).map((minutes) => NOW.getTime() + minutes * 60_000);
    const anyEvent: fc.Arbitrary<ShopEvent> = fc.record({
      shop: fc.constantFrom(TEA, BOOKS),
      // Few ids, so that many are repeated; an id always comes with the same time.
      id: fc.constantFrom("a", "b", "c", "d", "e"),
      kind: fc.constantFrom(...EVENT_KINDS),
      at: hours,
      visitor: fc.string({ maxLength: 8, unit: "grapheme-ascii" }),
      offer: fc.integer({ min: 0, max: 3 }),
      surface: fc.constantFrom(...EVENT_PLACES),
      product: fc.constantFrom("0", "7", "8"),
    });

    test("for any calls in any order, totals are those of the first event of each id", async () => {
      const steps = fc.array(fc.oneof(fc.array(anyEvent, { maxLength: 6 }), fc.constant("move" as const)), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(steps, fc.uuid(), async (calls, run) => {
          await opened.empty();
          const first = new Map<string, ShopEvent>();
          for (const call of [...calls, "move" as const]) {
            if (call === "move") {
              await moveAll(store);
              continue;
            }
            const events = call.map((event): ShopEvent => {
              const key = `${event.shop}/${event.id}`;
              const known = first.get(key) ?? { ...event, id: `${event.id}-${run}` };
              first.set(key, known);
              return known;
            });
            await store.append(events);
          }
          for (const shop of [TEA, BOOKS]) {
            const wanted = new Map<string, number>();
            for (const event of first.values()) {
              const key = [event.offer, event.surface, event.product, event.kind].join("/");
              if (event.shop === shop) wanted.set(key, (wanted.get(key) ?? 0) + 1);
            }
            const read = (await allTotals(shop)).map(
              ({ offer, surface, product, kind, events }) =>
                [[offer, surface, product, kind].join("/"), events] as const,
            );
            expect(new Map(read)).toEqual(wanted);
            expect(read.length).toBe(wanted.size);
          }
        }),
        { numRuns: runs },
      );
    });
  });
}
