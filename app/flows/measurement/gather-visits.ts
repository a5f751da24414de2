import { gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { orderTouches, type TouchableOffer } from "../../domain/measurement/order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../../domain/settings/assistance.ts";
import { KEPT_DAYS, KEPT_TOTALS_DAYS, MOST_BEHIND_MS } from "../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import type { OrderVisit } from "../../persistence/events/event-store.ts";
import {
  forgetOldVisits,
  noteVisitsGathered,
  readTouchableOffers,
  saveOrderVisits,
  visitsGatheredAt,
} from "../../persistence/measurement/order-visits.ts";
import { readNamedOrders } from "../../persistence/measurement/unit-orders.ts";
import { readListings } from "../../persistence/publishing/listings.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { isNamedInTime } from "./experiments/gather-outcomes.ts";

/** Orders whose visitors' events are read and held at a time. */
const ORDERS_AT_ONCE = 5_000;
/** How far before the last gathering the next one begins: events come late, and orders later than the browser names them. */
const OVERLAP_MS = MOST_BEHIND_MS + DAY_MS;
/** Orders before it would lack the touches whose events are gone. */
const LONGEST_BACK_MS = (KEPT_DAYS - KEPT_TOUCH_DAYS) * DAY_MS;

/**
 * Writes down in which visits orders were made and what their visitors did with offers before, since single events are deleted. It goes over the orders
 * of some days again each time, and ends in the same rows however often it runs. Orders that no visitor named, or that
 * are not stored yet, are left out.
 */
export async function gatherVisits(shop: ShopDomain, context: FlowContext): Promise<{ orders: number }> {
  const now = context.now();
  const last = await inShop(context.database, shop, visitsGatheredAt);
  const earliest = now.getTime() - LONGEST_BACK_MS;
  const from = new Date(Math.max(earliest, last === null ? earliest : last.getTime() - OVERLAP_MS));
  const offers = await inShop(context.database, shop, readTouchableOffers);
  let orders = 0;
  for (let after: { at: number; order: string } | null = null; ;) {
    const page: OrderVisit[] = await context.events.readVisits(shop, { from, after, limit: ORDERS_AT_ONCE });
    orders += await inShop(context.database, shop, (tx) => store(tx, page, offers));
    if (page.length < ORDERS_AT_ONCE) break;
    after = page.at(-1)!;
  }
  await inShop(context.database, shop, async (tx) => {
    await forgetOldVisits(tx, new Date(now.getTime() - KEPT_TOTALS_DAYS * DAY_MS));
    await noteVisitsGathered(tx, now);
  });
  return { orders };
}

async function store(
  tx: ShopTransaction,
  visits: readonly OrderVisit[],
  offers: ReadonlyMap<number, TouchableOffer>,
): Promise<number> {
  if (visits.length === 0 || !(await shopStays(tx))) return 0;
  const orders = await readNamedOrders(
    tx,
    visits.map(({ order }) => order),
  );
  const counted = visits.filter(({ order, at }) => {
    const known = orders.get(order);
    return known !== undefined && isNamedInTime(at, known);
  });
  const carriers = new Set(
    counted.flatMap(({ touches }) =>
      touches.flatMap(({ product }) => (product === "0" ? [] : gid("Product", product))),
    ),
  );
  const listings = carriers.size === 0 ? new Map<ProductId, never[]>() : await readListings(tx, [...carriers]);
  await saveOrderVisits(
    tx,
    counted.map(({ touches, ...visit }) => ({
      ...visit,
      touches: orderTouches(visit.at, touches, { offers, listings }),
    })),
  );
  return counted.length;
}
