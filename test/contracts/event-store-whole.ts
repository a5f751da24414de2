import type { ShopDomain } from "../../app/domain/ids.ts";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import type { Visit } from "../../app/domain/measurement/visit.ts";
import type { EventStore } from "../../app/persistence/events/event-store.ts";
import { BOOKS, NOW, shopEvent, TEA } from "./event-store.ts";
import { completedEvent, exposedEvent } from "./event-store-units.ts";

/* Something of everything that a store of events keeps, and all that can be read of it. */

const DAY_MS = 86_400_000;
const VISIT: Visit = { device: "phone", source: "letter", medium: "", campaign: "tea" };

/** One event of each kind that a move treats apart, of two shops, one of them repeated. */
export function eventsOfAllKinds(): ShopEvent[] {
  const of = (shop: ShopDomain) => [
    ...[shopEvent({ shop }), shopEvent({ shop, at: NOW.getTime() - 3_600_000 })],
    ...[shopEvent({ shop, kind: "checkout-started" }), completedEvent("5001", { shop }), exposedEvent(1, 0, { shop })],
    shopEvent({ shop, kind: "visit-started", offer: 0, surface: "", product: "0", visit: VISIT }),
    shopEvent({ shop, at: NOW.getTime() - 40 * DAY_MS }),
  ];
  const events = [...of(TEA), ...of(BOOKS)];
  return [...events, events[0]!];
}

/** The rows of all batches. */
export async function all<Row>(batches: AsyncGenerator<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** All that can be read of a shop. */
export async function readAll(store: EventStore, shop: ShopDomain): Promise<unknown> {
  const [from, to] = [new Date(NOW.getTime() - 50 * DAY_MS), new Date(NOW.getTime() + DAY_MS)];
  const today = new Date(Date.UTC(2026, 10, 20));
  return {
    totals: await store.readTotals(shop, from, to),
    offers: await store.readOfferTotals(shop, { from, to }, { by: "offer" }),
    products: await store.readOfferTotals(shop, { from, to }, { by: "product", limit: 5 }),
    byStep: await store.readOfferTotals(shop, { from, to }, { by: "step", starts: [from] }),
    steps: await store.readStepTotals(shop, [from], to),
    since: await store.countedSince(shop),
    log: await all(store.readLog(shop, { from, to })),
    views: await all(store.readViews(shop, today)),
    viewed: await store.readViewsBeforeOrders(shop, today, 5),
    refused: [...(await store.readRefused(shop, from, to))],
    units: await store.readUnits(shop, { experiment: 1, after: "", limit: 5 }),
    visits: await store.readVisits(shop, { from, after: null, limit: 5 }),
    campaigns: await store.readVisitTotals(shop, { from, to }, "campaign", 5),
  };
}
