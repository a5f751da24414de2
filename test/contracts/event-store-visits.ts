import fc from "fast-check";
import { expect, test } from "vitest";
import { TOUCH_KINDS } from "../../app/domain/measurement/order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../../app/domain/settings/assistance.ts";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import type { EventStore, OrderVisit } from "../../app/persistence/events/event-store.ts";
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
export function describeVisits(store: () => EventStore, empty: () => Promise<void>): void {
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
      ...{ order: "5001", at: minutes(-5) },
      touches: [
        { offer: 1, surface: "product", product: "7", kind: "seen", at: minutes(-9) },
        { offer: 2, surface: "cart", product: "0", kind: "added", at: minutes(-8) },
      ],
    });
    expect(second).toEqual({ order: "5002", at: minutes(-3), touches: [] });
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

  const anyEvent: fc.Arbitrary<ShopEvent> = fc
    .record({
      shop: fc.constantFrom(TEA, BOOKS),
      kind: fc.constantFrom(...TOUCH_KINDS, "shown" as const, "checkout-completed" as const),
      at: fc.integer({ min: -20 * 24 * 60, max: 0 }).map(minutes),
      visitor: fc.constantFrom("", "a", "b"),
      offer: fc.integer({ min: 0, max: 2 }),
      surface: fc.constantFrom("product" as const, "cart" as const),
      order: fc.integer({ min: 1, max: 12 }).map(String),
    })
    .map(({ order, ...event }) =>
      event.kind === "checkout-completed"
        ? completedEvent(order, { shop: event.shop, at: event.at, visitor: event.visitor })
        : shopEvent(event),
    );

  test("for any events, visits are those that a plain reading of them gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 40 }), async (events) => {
        await empty();
        const named = events.map((event) => ({ ...event, id: `visit-${made++}` }));
        await store().append(named);
        await moveAll(store());
        for (const shop of [TEA, BOOKS]) expect(await allVisits(store(), shop)).toEqual(plainVisits(named, shop));
      }),
      { numRuns: 25 },
    );
  });
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
      return { order: order!, at, touches: [...touches.values()].sort(byTime) };
    });
}

function byTime(a: OrderVisit["touches"][number], b: OrderVisit["touches"][number]): number {
  const key = ({ offer, surface, kind }: typeof a) => [offer, surface, kind].join("/");
  return a.at - b.at || (key(a) < key(b) ? -1 : 1);
}
