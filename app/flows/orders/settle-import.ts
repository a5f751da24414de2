import type { OrderId, ShopDomain } from "../../domain/ids.ts";
import type { FetchedOrder } from "../../domain/orders/fetched-order.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { ordersOfOffers } from "../../persistence/measurement/attributions.ts";
import { updateImport, type ImportRunRow } from "../../persistence/orders/import-runs.ts";
import type { FlowContext } from "../context.ts";
import { attributeThese } from "../measurement/attribute-orders.ts";
import { noteStoreCredits } from "../store-credit/note-store-credits.ts";
import { addUpSales } from "./add-up-sales.ts";
import { requestOrderSync } from "./request-order-sync.ts";
import { storeOrders } from "./sync-order.ts";

/** Orders that are read and stored together. */
const ORDERS_AT_ONCE = 48;

/**
 * Makes figures of all that an import has stored, before it is finished: what each order sold, and what it owes to our
 * offers. Can be called again after any crash.
 *
 * Bulk files hold no refunds by line. Only of orders that owe something to our offers does a figure depend on them, and
 * only where units are gone: these few are read again.
 */
export async function settleImport(shop: ShopDomain, run: ImportRunRow, context: FlowContext): Promise<void> {
  await addUpSales(shop, context);
  const orders = await inShop(context.database, shop, ordersOfOffers);
  const ids = orders.map(({ id }) => id);
  await attributeThese(shop, ids, context, (tx, stored) => noteStoreCredits(tx, stored, context.now()));
  const toRead = orders.filter(({ lacksRefunds }) => lacksRefunds).map(({ id }) => id);
  for (let from = 0; from < toRead.length; from += ORDERS_AT_ONCE) {
    const ordersToRead = toRead.length - from;
    await inShop(context.database, shop, (tx) => updateImport(tx, run.id, { ordersToRead }));
    await readAgain(shop, toRead.slice(from, from + ORDERS_AT_ONCE), context);
  }
}

/** Reads some orders from Shopify and stores them. What fails for one of them is tried again by a later job. */
async function readAgain(shop: ShopDomain, ids: readonly OrderId[], context: FlowContext): Promise<void> {
  const readable = new Map<OrderId, FetchedOrder | null>();
  const failed: OrderId[] = [];
  for (const read of await context.gateway.orders(shop, ids)) {
    if ("fetched" in read) readable.set(read.id, read.fetched);
    else failed.push(read.id);
  }
  await storeOrders(shop, readable, context, (tx) => requestOrderSync(tx, failed));
}
