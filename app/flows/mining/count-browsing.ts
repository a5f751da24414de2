import type { ShopDomain } from "../../domain/ids.ts";
import { KEPT_DAYS, MOST_BEHIND_MS } from "../../domain/measurement/shop-event.ts";
import { BrowsingDayCounter, type BrowsingDay } from "../../domain/mining/browsing/browsing-day.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  forgetBrowsingBefore,
  readBasketProducts,
  readCountedDays,
  saveBrowsingDay,
} from "../../persistence/mining/browsing/browsing-days.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

/** How long the counts of a day are kept: what shoppers look at changes sooner than what goes together. */
export const KEPT_BROWSING_DAYS = 90;
/** A day that was counted before all its events had come is counted again, but not more often than that. */
const COUNTED_AGAIN_MS = 6 * 3_600_000;
/** Orders of one day that are looked at: those of a larger shop are a sample. */
const MOST_ORDERS = 50_000;
const ORDERS_AT_ONCE = 5_000;

/**
 * Counts what shoppers browsed on the days that are over, while their single events are kept: which products were viewed
 * in one visit, and what was bought after it was viewed. A day is counted as a whole, and again while events of it may
 * still come, so that counting twice changes nothing. Says how many days were counted.
 */
export async function countBrowsing(shop: ShopDomain, context: FlowContext): Promise<{ days: number }> {
  const { database, now } = context;
  const today = Math.floor(now().getTime() / DAY_MS) * DAY_MS;
  const counted = await inShop(database, shop, readCountedDays);
  let days = 0;
  for (let day = today - (KEPT_DAYS - 1) * DAY_MS; day < today; day += DAY_MS) {
    if (!isDue(day, counted.get(day), now().getTime())) continue;
    const at = now();
    const counts = await countDay(shop, new Date(day), context);
    const isStored = await inShop(database, shop, async (tx) => {
      if (!(await shopStays(tx))) return false;
      await saveBrowsingDay(tx, new Date(day), counts, at);
      return true;
    });
    if (!isStored) return { days };
    days++;
  }
  await inShop(database, shop, (tx) => forgetBrowsingBefore(tx, new Date(today - KEPT_BROWSING_DAYS * DAY_MS)));
  return { days };
}

function isDue(day: number, countedAt: number | undefined, now: number): boolean {
  if (countedAt === undefined) return true;
  const isComplete = countedAt >= day + DAY_MS + MOST_BEHIND_MS;
  return !isComplete && now - countedAt >= COUNTED_AGAIN_MS;
}

async function countDay(shop: ShopDomain, day: Date, { database, events }: FlowContext): Promise<BrowsingDay> {
  const counter = new BrowsingDayCounter();
  for await (const views of events.readViews(shop, day)) {
    for (const view of views) counter.addView(view);
    if (counter.isFull) break;
  }
  const orders = await events.readViewsBeforeOrders(shop, day, MOST_ORDERS);
  for (let from = 0; from < orders.length; from += ORDERS_AT_ONCE) {
    const some = orders.slice(from, from + ORDERS_AT_ONCE);
    const ids = some.map(({ order }) => order);
    const bought = await inShop(database, shop, (tx) => readBasketProducts(tx, ids));
    for (const { order, products } of some) counter.addOrder(products, bought.get(order) ?? []);
  }
  return counter.day();
}
