import type { ShopDomain } from "../../domain/ids.ts";
import type { DataRequestsView } from "../../views/data-requests-view.ts";
import {
  countOpenDataRequests,
  forgetDataRequests,
  markDelivered,
  readDataRequests,
} from "../../persistence/customers/data-requests.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { clearNotices, raiseNotice } from "../../persistence/shop/notices.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { DAY_MS } from "../../domain/time/day.ts";

/** A merchant has thirty days to answer a customer; afterwards the file is of no use. */
export const KEEP_DATA_REQUESTS_DAYS = 30;

/** Requests of customers for their data, the latest first, each with the file for the customer. */
export function listDataRequests(shop: ShopDomain, context: FlowContext): Promise<DataRequestsView> {
  return inShop(context.database, shop, async (tx) => ({
    timezone: (await theShop(tx)).timezone,
    requests: (await readDataRequests(tx)).map(({ requestId, requestedAt, deliveredAt, data }) => ({
      requestId,
      requestedAt: requestedAt.toISOString(),
      keptUntil: new Date(requestedAt.getTime() + KEEP_DATA_REQUESTS_DAYS * DAY_MS).toISOString(),
      deliveredAt: deliveredAt?.toISOString() ?? null,
      orders: (data as { orders: readonly unknown[] }).orders.length,
      file: JSON.stringify(data, null, 2),
    })),
  }));
}

/** Staff say that they have handed a file on, or take that back. */
export function setDataRequestDelivered(
  shop: ShopDomain,
  request: { readonly requestId: string; readonly delivered: boolean },
  context: FlowContext,
): Promise<{ code: "saved" | "unknown-request" }> {
  return inShop(context.database, shop, async (tx) => {
    const at = request.delivered ? context.now() : null;
    const found = await markDelivered(tx, request.requestId, at);
    await reportDataRequests(tx, context.now());
    return { code: found ? "saved" : "unknown-request" };
  });
}

/** Deletes files whose time is over. */
export async function forgetOldDataRequests(tx: ShopTransaction, now: Date): Promise<void> {
  await forgetDataRequests(tx, new Date(now.getTime() - KEEP_DATA_REQUESTS_DAYS * DAY_MS));
  await reportDataRequests(tx, now);
}

/** Notifies staff of files that wait for them, as long as there are any. */
export async function reportDataRequests(tx: ShopTransaction, now: Date): Promise<void> {
  const count = await countOpenDataRequests(tx);
  if (count === 0) await clearNotices(tx, ["data-requests"]);
  else await raiseNotice(tx, "data-requests", { count }, now);
}
