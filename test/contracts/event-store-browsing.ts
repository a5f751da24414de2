import { expect, test } from "vitest";
import type { ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import type { ProductView } from "../../app/domain/mining/browsing/browsing-day.ts";
import type { EventStore } from "../../app/persistence/events/event-store.ts";
import { BOOKS, moveAll, shopEvent, TEA } from "./event-store.ts";

/* What holds for the views of products that browsing is counted from. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = Date.UTC(2026, 10, 20);

const viewEvent = (visitor: string, product: string, at: number, fields: Partial<ShopEvent> = {}): ShopEvent =>
  shopEvent({ kind: "product-viewed", offer: 0, surface: "", visitor, product, at, ...fields });

const orderEvent = (visitor: string, order: string, at: number): ShopEvent =>
  shopEvent({ kind: "checkout-completed", offer: 0, surface: "", product: "0", visitor, order, at });

async function viewsOf(store: EventStore): Promise<ProductView[]> {
  const all: ProductView[] = [];
  for await (const views of store.readViews(TEA, new Date(DAY))) all.push(...views);
  return all;
}

/** `store` gives the store. */
export function describeBrowsing(store: () => EventStore): void {
  test("reads the views of one day by visitor and time, and nothing of unknown visitors or other shops", async () => {
    await store().append([
      ...[viewEvent("v2", "7", DAY + 3), viewEvent("v1", "8", DAY + 2), viewEvent("v1", "7", DAY + 1)],
      ...[viewEvent("v1", "9", DAY - 1), viewEvent("", "7", DAY + 4), viewEvent("v1", "0", DAY + 5)],
      viewEvent("v1", "7", DAY + 6, { shop: BOOKS }),
      viewEvent("v1", "7", DAY + 7, { kind: "product-added" }),
    ]);
    await moveAll(store());
    expect(await viewsOf(store())).toEqual([
      { visitor: "v1", at: DAY + 1, product: "7" },
      { visitor: "v1", at: DAY + 2, product: "8" },
      { visitor: "v2", at: DAY + 3, product: "7" },
    ]);
  });

  test("reads more views than one batch", async () => {
    await store().append(Array.from({ length: 5001 }, (_, n) => viewEvent(`v${n % 7}`, "7", DAY + n)));
    await moveAll(store());
    expect(await viewsOf(store())).toHaveLength(5001);
  });

  test("reads what buyers viewed in the three days before their orders, and never after them", async () => {
    const ordered = DAY + 5 * HOUR_MS;
    await store().append([
      ...[viewEvent("v1", "7", ordered - 1), viewEvent("v1", "7", ordered - 2), viewEvent("v1", "8", ordered - DAY_MS)],
      ...[viewEvent("v1", "9", ordered + 1), viewEvent("v1", "6", ordered - 3 * DAY_MS - 1), viewEvent("v2", "5", DAY)],
      ...[orderEvent("v1", "5001", ordered), orderEvent("v3", "5002", ordered), orderEvent("v2", "5003", DAY - 1)],
    ]);
    await moveAll(store());
    const read = (limit: number) => store().readViewsBeforeOrders(TEA, new Date(DAY), limit);
    expect(await read(10)).toEqual([{ order: "5001", products: ["7", "8"] }]);
    expect(await read(0)).toEqual([]);
    expect(await store().readViewsBeforeOrders(BOOKS, new Date(DAY), 10)).toEqual([]);
    // A buyer who is forgotten is forgotten here as well.
    await store().forgetOrders(TEA, ["5001"]);
    expect(await read(10)).toEqual([]);
  });
}
