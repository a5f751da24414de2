import fc from "fast-check";
import { expect, test } from "vitest";
import { TOUCH_KINDS } from "../../app/domain/measurement/order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../../app/domain/settings/assistance.ts";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import {
  DEVICES,
  LONGEST_VISIT_MS,
  type Visit,
  VISIT_DIMENSIONS,
  visitKey,
} from "../../app/domain/measurement/visit.ts";
import type { EventStore, OrderVisit, VisitTotal } from "../../app/persistence/events/event-store.ts";
import { completedEvent } from "./event-store-units.ts";
import { BOOKS, moveAll, NOW, shopEvent, TEA } from "./event-store.ts";

/* What holds for what a store of events says of the visitors of orders. */

const DAY_MS = 86_400_000;
const minutes = (count: number) => NOW.getTime() + count * 60_000;

/** All visits from a time on, read by pages. */
async function allVisits(store: EventStore, shop = TEA, from = new Date(0), limit = 2): Promise<OrderVisit[]> {
  const visits: OrderVisit[] = [];
  for (let page: OrderVisit[] | null = null; page === null || page.length === limit;) {
    page = await store.readVisits(shop, { from, after: visits.at(-1) ?? null, limit });
    visits.push(...page);
  }
  return visits;
}

let made = 0;

/** `store` gives the store, `empty` takes everything out of it. */
export function describeVisits(store: () => EventStore, empty: () => Promise<void>, runs: number): void {
  test("says what an order's visitor did with offers before it, and nothing that came after or of another visitor", async () => {
    await store().append([
      shopEvent({ kind: "seen", at: minutes(-20) }),
      shopEvent({ kind: "seen", at: minutes(-9) }),
      shopEvent({ kind: "added", offer: 2, surface: "cart", product: "0", at: minutes(-8) }),
      shopEvent({ kind: "shown", at: minutes(-7) }),
      shopEvent({ kind: "seen", offer: 0, at: minutes(-7) }),
      shopEvent({ kind: "clicked", visitor: "v2", at: minutes(-6) }),
      shopEvent({ kind: "clicked", shop: BOOKS, at: minutes(-6) }),
      completedEvent("5001", { at: minutes(-5) }),
      shopEvent({ kind: "clicked", at: minutes(-4) }),
      completedEvent("5002", { visitor: "v3", at: minutes(-3) }),
    ]);
    expect(await allVisits(store())).toEqual([]);
    await moveAll(store());
    const [first, second] = await allVisits(store());
    expect(first).toEqual({
      ...{ order: "5001", at: minutes(-5), visit: null },
      touches: [
        { offer: 1, surface: "product", product: "7", kind: "seen", at: minutes(-9) },
        { offer: 2, surface: "cart", product: "0", kind: "added", at: minutes(-8) },
      ],
    });
    expect(second).toEqual({ order: "5002", at: minutes(-3), touches: [], visit: null });
    expect(await allVisits(store(), BOOKS)).toEqual([]);
    expect(await allVisits(store(), TEA, new Date(minutes(-3)))).toEqual([second]);
    await store().forgetOrders(TEA, ["5001"]);
    expect(await allVisits(store())).toEqual([second]);
  });

  test("knows touches of as many days before an order as are kept, to the instant", async () => {
    const limit = NOW.getTime() - KEPT_TOUCH_DAYS * DAY_MS;
    const seen = (offer: number, at: number) => shopEvent({ kind: "seen", offer, at });
    await store().append([seen(1, limit - 1), seen(2, limit), completedEvent("5001")]);
    await moveAll(store());
    expect((await allVisits(store()))[0]!.touches.map(({ offer }) => offer)).toEqual([2]);
  });

  test("says in which visit an order was made: the last one that its visitor began, a day before it at most", async () => {
    const visit = (campaign: string): Visit => ({ device: "phone", source: "letter", medium: "e\\m\tail", campaign });
    const begins = (campaign: string, at: number, visitor = "v1") =>
      shopEvent({ ...NOTHING, kind: "visit-started", visitor, at, visit: visit(campaign) });
    await store().append([
      ...[begins("early", minutes(-60)), begins("late", minutes(-30)), begins("after", minutes(1))],
      ...[completedEvent("5001", { at: minutes(0) }), begins("of another", minutes(-1), "v2")],
      ...[begins("too long ago", minutes(0) - LONGEST_VISIT_MS - 1, "v3"), completedEvent("5002", { visitor: "v3" })],
      ...[begins("", minutes(0) - LONGEST_VISIT_MS, "v4"), completedEvent("5003", { visitor: "v4" })],
    ]);
    await moveAll(store());
    expect((await allVisits(store())).map((one) => one.visit)).toEqual([visit("late"), null, visit("")]);
  });

  test("counts visits and what was seen and added in them by device, source or campaign, others together", async () => {
    const of = (device: Visit["device"], source: string, campaign: string) => ({
      device,
      source,
      medium: "",
      campaign,
    });
    const seen = (visit: Visit | undefined) => shopEvent({ kind: "seen", visit });
    const [first, second, third] = [of("phone", "a", "x"), of("desktop", "a", "y"), of("", "b", "z")];
    const begins = [first, first, second, second, second, third];
    const repeated = seen(third);
    await store().append([
      ...begins.map((visit) => shopEvent({ ...NOTHING, kind: "visit-started", visit })),
      ...[seen(first), seen(undefined), shopEvent({ kind: "added", visit: second }), repeated],
      shopEvent({ ...NOTHING, kind: "visit-started", visit: first, at: minutes(60) }),
      shopEvent({ ...NOTHING, kind: "visit-started", visit: first, shop: BOOKS }),
    ]);
    await moveAll(store());
    await store().append([repeated]);
    await moveAll(store());
    const period = { from: new Date(minutes(-60)), to: new Date(minutes(29)) };
    const read = async (by: (typeof VISIT_DIMENSIONS)[number], limit: number) =>
      (await store().readVisitTotals(TEA, period, by, limit)).map(({ key, kind, events }) => [key, kind, events]);
    expect(await read("campaign", 2)).toEqual([
      ...[
        ["y", "added", 1],
        ["y", "visit-started", 3],
        ["x", "seen", 1],
        ["x", "visit-started", 2],
      ],
      ...[
        [null, "seen", 1],
        [null, "visit-started", 1],
      ],
    ]);
    expect((await read("source", 1)).map(([key]) => key)).toEqual(["a\n", "a\n", "a\n", null, null]);
    expect((await read("device", 9)).at(-1)).toEqual(["", "visit-started", 1]);
    await store().forgetShop(TEA);
    expect(await read("device", 9)).toEqual([]);
    expect((await store().readVisitTotals(BOOKS, period, "device", 9)).map(({ events }) => events)).toEqual([1]);
  });

  const anyEvent: fc.Arbitrary<ShopEvent> = fc
    .record({
      shop: fc.constantFrom(TEA, BOOKS),
      kind: fc.constantFrom(...TOUCH_KINDS, "shown" as const, "checkout-completed" as const, "visit-started" as const),
      visit: fc.record<Visit>({
        device: fc.constantFrom(...DEVICES, ""),
        ...{
          source: fc.constantFrom("", "a", "b"),
          medium: fc.constantFrom("", "m"),
          campaign: fc.constantFrom("", "c"),
        },
      }),
      at: fc.integer({ min: -20 * 24 * 60, max: 0 }).map(minutes),
      visitor: fc.constantFrom("", "a", "b"),
      offer: fc.integer({ min: 0, max: 2 }),
      surface: fc.constantFrom("product" as const, "cart" as const),
      order: fc.integer({ min: 1, max: 12 }).map(String),
    })
    .map(({ order, visit, ...event }) => {
      const { shop, at, visitor } = event;
      if (event.kind === "checkout-completed") return completedEvent(order, { shop, at, visitor });
      if (event.kind === "visit-started") return shopEvent({ ...event, ...NOTHING, visit });
      return shopEvent({ ...event, ...(event.kind === "seen" && { visit }) });
    });

  test("for any events, visits are those that a plain reading of them gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 40 }), async (events) => {
        await empty();
        const named = events.map((event) => ({ ...event, id: `visit-${made++}` }));
        await store().append(named);
        await moveAll(store());
        for (const shop of [TEA, BOOKS]) {
          expect(await allVisits(store(), shop)).toEqual(plainVisits(named, shop));
          for (const by of VISIT_DIMENSIONS) {
            const period = { from: new Date(minutes(-3 * 24 * 60)), to: new Date(minutes(60)) };
            const totals = await store().readVisitTotals(shop, period, by, 100);
            expect(countsOf(totals)).toEqual(plainTotals(named, shop, period, by));
          }
        }
      }),
      { numRuns: runs },
    );
  });
}

/** An event that is about no offer. */
const NOTHING = { offer: 0, surface: "", product: "0" } as const;

function countsOf(totals: readonly VisitTotal[]): Map<string, number> {
  return new Map(totals.map(({ key, kind, events }) => [`${key}/${kind}`, events]));
}

function plainTotals(
  events: readonly ShopEvent[],
  shop: string,
  { from, to }: { from: Date; to: Date },
  by: (typeof VISIT_DIMENSIONS)[number],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { shop: whose, visit, kind, at } of events) {
    const hour = at - (at % 3_600_000);
    if (whose !== shop || visit === undefined || hour < from.getTime() || hour >= to.getTime()) continue;
    const key = `${visitKey(visit, by)}/${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function plainVisits(events: readonly ShopEvent[], shop: string): OrderVisit[] {
  const mine = events.filter((event) => event.shop === shop && event.visitor !== "");
  const orders = new Map<string, ShopEvent>();
  for (const event of mine.sort((a, b) => a.at - b.at || (a.visitor < b.visitor ? -1 : 1))) {
    if (event.order !== undefined && !orders.has(event.order)) orders.set(event.order, event);
  }
  return [...orders.values()]
    .sort((a, b) => a.at - b.at || Number(a.order) - Number(b.order))
    .map(({ order, at, visitor }) => {
      const touches = new Map<string, OrderVisit["touches"][number]>();
      for (const { visitor: whose, at: then, kind, offer, surface, product } of mine) {
        const isTouch = TOUCH_KINDS.some((one) => one === kind) && offer > 0 && whose === visitor;
        if (!isTouch || then > at || then < at - KEPT_TOUCH_DAYS * DAY_MS) continue;
        const touch = { offer, surface, product, kind, at: then } as OrderVisit["touches"][number];
        touches.set([offer, surface, product, kind].join("/"), touch);
      }
      const begun = mine.filter(
        (one) =>
          one.kind === "visit-started" && one.visitor === visitor && one.at <= at && one.at >= at - LONGEST_VISIT_MS,
      );
      const last = begun.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).at(-1);
      return { order: order!, at, touches: [...touches.values()].sort(byTime), visit: last?.visit ?? null };
    });
}

function byTime(a: OrderVisit["touches"][number], b: OrderVisit["touches"][number]): number {
  const key = ({ offer, surface, kind }: typeof a) => [offer, surface, kind].join("/");
  return a.at - b.at || (key(a) < key(b) ? -1 : 1);
}
