import { expect, test } from "vitest";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import type { EventStore } from "../../app/persistence/events/event-store.ts";
import { BOOKS, moveAll, shopEvent, TEA } from "./event-store.ts";
import { all } from "./event-store-whole.ts";

/* What holds for the totals and the log that pages and files are made from. */

const HOUR_MS = 3_600_000;
/** The hour of the moment that events are made at. */
const HOUR = Date.UTC(2026, 10, 20, 12);
const period = { from: new Date(HOUR - 2 * HOUR_MS), to: new Date(HOUR + HOUR_MS) };

/** `store` gives the store. */
export function describeReports(store: () => EventStore): void {
  test("totals of offers leave browsing and other shops out, and everything outside the period", async () => {
    await store().append([
      ...[shopEvent(), shopEvent({ product: "8" }), shopEvent({ surface: "cart", kind: "added" })],
      ...[shopEvent({ shop: BOOKS }), shopEvent({ kind: "product-viewed", offer: 0, surface: "" })],
      ...[shopEvent({ at: HOUR - 2 * HOUR_MS - 1 }), shopEvent({ offer: 4, at: HOUR - 2 * HOUR_MS })],
    ]);
    await moveAll(store());
    expect(await store().readOfferTotals(TEA, period, { by: "offer" })).toEqual([
      { key: "", offer: 1, surface: "cart", kind: "added", events: 1 },
      { key: "", offer: 1, surface: "product", kind: "shown", events: 2 },
      { key: "", offer: 4, surface: "product", kind: "shown", events: 1 },
    ]);
    expect(await store().readOfferTotals(TEA, period, { by: "product", limit: 10 })).toHaveLength(4);
    // Of the product with the most events: three of four.
    const one = await store().readOfferTotals(TEA, period, { by: "product", limit: 1 });
    expect(one.map(({ key, events }) => [key, events])).toEqual([
      ...[
        ["7", 1],
        ["7", 1],
        ["7", 1],
      ],
    ]);
  });

  test("totals by steps of time put an hour into the step in which it begins", async () => {
    const starts = [HOUR - 2 * HOUR_MS, HOUR - HOUR_MS / 2].map((at) => new Date(at));
    await store().append([-120, -61, -60, -1, 0, 29].map((minutes) => shopEvent({ at: HOUR + minutes * 60_000 })));
    await moveAll(store());
    const totals = await store().readOfferTotals(TEA, period, { by: "step", starts });
    expect(totals.map(({ key, events }) => [key, events])).toEqual([
      ["0", 4],
      ["1", 2],
    ]);
  });

  test("totals of everything by steps add up products, and leave out what is before the first step or after the last", async () => {
    const starts = [HOUR - 2 * HOUR_MS, HOUR].map((at) => new Date(at));
    const viewed = { kind: "product-viewed", offer: 0, surface: "" } as const;
    await store().append([
      ...[shopEvent(viewed), shopEvent({ ...viewed, product: "8" }), shopEvent()],
      ...[shopEvent({ ...viewed, at: HOUR - 1 }), shopEvent({ at: HOUR - 2 * HOUR_MS - 1 })],
      ...[shopEvent({ at: HOUR + HOUR_MS }), shopEvent({ shop: BOOKS })],
    ]);
    await moveAll(store(), new Date(HOUR + 2 * HOUR_MS));
    expect(await store().readStepTotals(TEA, starts, new Date(HOUR + HOUR_MS))).toEqual([
      { step: 0, offer: 0, surface: "", kind: "product-viewed", events: 1 },
      { step: 1, offer: 0, surface: "", kind: "product-viewed", events: 2 },
      { step: 1, offer: 1, surface: "product", kind: "shown", events: 1 },
    ]);
  });

  test("knows the first hour that was counted", async () => {
    expect(await store().countedSince(TEA)).toBeNull();
    await store().append([
      shopEvent(),
      shopEvent({ at: HOUR - HOUR_MS - 1 }),
      shopEvent({ shop: BOOKS, at: HOUR - 5 * HOUR_MS }),
    ]);
    await moveAll(store());
    expect((await store().countedSince(TEA))?.getTime()).toBe(HOUR - 2 * HOUR_MS);
  });

  test("reads the log in the order of time, whole, over the end of a day, and of one shop", async () => {
    const midnight = Date.UTC(2026, 10, 20);
    const events = Array.from({ length: 4500 }, (_, n) =>
      shopEvent({ at: midnight - 2_250_000 + ((n * 7919) % 4500) * 1000 }),
    );
    const inside = events.filter(({ at }) => at >= midnight - 2_000_000 && at < midnight + 2_000_000);
    await store().append([...events, shopEvent({ shop: BOOKS, at: midnight })]);
    await moveAll(store());
    const log = store().readLog(TEA, { from: new Date(midnight - 2_000_000), to: new Date(midnight + 2_000_000) });
    const batches: (readonly ShopEvent[])[] = [];
    for await (const batch of log) batches.push(batch);
    expect(batches.length).toBeGreaterThan(1);
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(2000);
    expect(batches.flat()).toEqual(inside.toSorted((a, b) => a.at - b.at));
  });

  test("the log holds the visit that an event began or belongs to", async () => {
    const visit = { device: "phone", source: "newsletter", medium: "email", campaign: "spring" } as const;
    const began = shopEvent({ kind: "visit-started", offer: 0, surface: "", product: "0", visit });
    const without = shopEvent({ at: began.at + 1000 });
    await store().append([began, without]);
    await moveAll(store());
    expect(await all(store().readLog(TEA, period))).toEqual([began, without]);
  });

  test("a reader of the log may leave early, any number of times", async () => {
    await store().append([shopEvent(), shopEvent()]);
    await moveAll(store());
    for (let reader = 0; reader < 20; reader++) {
      for await (const batch of store().readLog(TEA, period)) {
        expect(batch).toHaveLength(2);
        break;
      }
    }
    expect(await store().countedSince(TEA)).not.toBeNull();
  });
}
