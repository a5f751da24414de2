import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { orderUpdatedAt } from "../../persistence/orders/orders.ts";
import { findShop, updateShop } from "../../persistence/shop/shops.ts";
import { forgetDeliveries } from "../../persistence/orders/webhook-deliveries.ts";
import type { FlowContext } from "../context.ts";
import { requestOrderSync } from "./request-order-sync.ts";
import { DAY_MS } from "../../domain/time/day.ts";

/** Looked at again each time: clocks differ, and an order can be changed while it is listed. */
const OVERLAP_MS = 15 * 60_000;
/** Shopify repeats a delivery for four hours at most. */
const KEEP_DELIVERIES_MS = 3 * DAY_MS;

/** Finds what a webhook missed: every order that changed since the last look is compared with what is stored. */
export async function reconcile(shop: ShopDomain, context: FlowContext): Promise<{ looked: number; missed: number }> {
  const known = await inShop(context.database, shop, findShop);
  if (known === null || known.uninstalledAt !== null) return { looked: 0, missed: 0 };
  const startedAt = context.now();
  const since = new Date((known.reconciledUntil ?? new Date(startedAt.getTime() - 2 * DAY_MS)).getTime() - OVERLAP_MS);
  let looked = 0;
  let missed = 0;
  for await (const page of context.gateway.ordersUpdatedSince(shop, since)) {
    looked += page.length;
    await inShop(context.database, shop, async (tx) => {
      const changed: OrderId[] = [];
      for (const { id, updatedAt } of page) {
        const stored = await orderUpdatedAt(tx, id);
        if (stored === null || stored < updatedAt) changed.push(id);
      }
      missed += changed.length;
      await requestOrderSync(tx, changed);
    });
  }
  await inShop(context.database, shop, async (tx) => {
    await updateShop(tx, { reconciledUntil: startedAt });
    await forgetDeliveries(tx, new Date(startedAt.getTime() - KEEP_DELIVERIES_MS));
  });
  context.log.info({ shop, looked, missed }, "orders reconciled");
  return { looked, missed };
}
