import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import { forgetFailedJobs } from "../../persistence/database/job-queue.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { orderUpdatedAt } from "../../persistence/orders/orders.ts";
import { resealTokens } from "../../persistence/shop/sessions.ts";
import { findShop, installedShops, updateShop } from "../../persistence/shop/shops.ts";
import { forgetDeliveries } from "../../persistence/orders/webhook-deliveries.ts";
import { forgetOldDataRequests } from "../customers/data-requests.ts";
import type { FlowContext } from "../context.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { requestOrderSync } from "./request-order-sync.ts";

const DAY_MS = 86_400_000;
/** Looked at again each time: clocks differ, and an order can be changed while it is listed. */
const OVERLAP_MS = 15 * 60_000;
/** Shopify repeats a delivery for four hours at most. */
const KEEP_DELIVERIES_MS = 3 * DAY_MS;
/** Long enough to look into what failed. */
const KEEP_FAILED_JOBS_MS = 7 * DAY_MS;

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

/** Every night, for every shop: read shop and catalogue again, reconcile, learn again. */
export async function scheduleNightlyWork(context: FlowContext): Promise<void> {
  const sealed = await resealTokens(context.database);
  if (sealed > 0) context.log.info({ sealed }, "tokens sealed with the newest key");
  const failed = await forgetFailedJobs(context.database, new Date(context.now().getTime() - KEEP_FAILED_JOBS_MS));
  if (failed > 0) context.log.info({ failed }, "failed jobs forgotten");
  for (const shop of await installedShops(context.database)) {
    await inShop(context.database, shop, async (tx) => {
      await forgetOldDataRequests(tx, context.now());
      await enqueue(tx, "refresh-shop");
      await enqueue(tx, "refresh-catalogue", { bulkOperationId: null });
      await enqueue(tx, "reconcile");
      await enqueue(tx, "mine-associations");
    });
  }
}
