import type { OrderId } from "../../domain/ids.ts";
import type { ShopSql } from "../../persistence/database/in-shop.ts";
import { noteChangedOrders } from "../../persistence/orders/changed-orders.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** Has some orders read from Shopify again, soon; many calls become one job. */
export async function requestOrderSync(tx: ShopSql, orderIds: readonly OrderId[]): Promise<void> {
  if (orderIds.length === 0) return;
  await noteChangedOrders(tx, orderIds);
  await enqueue(tx, "sync-orders");
}
