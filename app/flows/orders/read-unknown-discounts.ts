import { DAY_MS } from "../../domain/time/day.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { ordersWithUnreadDiscounts } from "../../persistence/measurement/offer-discounts.ts";
import { requestOrderSync } from "./request-order-sync.ts";

/** Reports reach two years back, and the two before them are compared with. */
const DAYS = 2 * 731;
/** Of a night: a few minutes of Shopify's limits for a shop. */
const ORDERS = 2_000;

/**
 * Has the latest orders read again that were stored before the app asked which discounts took something off their lines.
 * After some nights the costs of all of them are known.
 */
export async function readUnknownDiscounts(tx: ShopTransaction, now: Date): Promise<void> {
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  await requestOrderSync(tx, await ordersWithUnreadDiscounts(tx, since, ORDERS));
}
