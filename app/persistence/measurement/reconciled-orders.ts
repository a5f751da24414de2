import { gid, type OrderId } from "../../domain/ids.ts";
import type { ReconciledOrder } from "../../domain/measurement/reconciliation.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { findOrders } from "../orders/orders.ts";

const ORDERS_OF_DAY = `
  SELECT order_id::text AS id FROM orders WHERE shop = $1 AND processed_at >= $2 AND processed_at < $3
  UNION SELECT order_id::text FROM orders WHERE shop = $1 AND cancelled_at >= $2 AND cancelled_at < $3
  UNION SELECT order_id::text FROM refund_lines WHERE shop = $1 AND created_at >= $2 AND created_at < $3`;

/** Orders that were placed or cancelled in [from, to) or had something returned then, each with all its refunds. */
export async function readReconciledOrders(tx: ShopTransaction, from: Date, to: Date): Promise<ReconciledOrder[]> {
  const ids = await selectSql<{ id: string }>(tx, ORDERS_OF_DAY, tx.shop, from, to);
  const orders = await findOrders(
    tx,
    ids.map(({ id }): OrderId => gid("Order", id)),
  );
  const orderId = { in: ids.map(({ id }) => BigInt(id)) };
  const refunds = await tx.db.refundLine.findMany({ where: { shop: tx.shop, orderId } });
  const byOrder = Map.groupBy(refunds, ({ orderId }) => gid("Order", orderId));
  return orders.map((order) => ({
    order,
    refunds: (byOrder.get(order.id) ?? []).map((refund) => ({
      refundId: String(refund.refundId),
      lineId: gid("LineItem", refund.lineId),
      quantity: refund.quantity,
      subtotalMinor: Number(refund.subtotalMinor),
      createdAt: refund.createdAt.getTime(),
    })),
  }));
}
