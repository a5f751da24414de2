import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** An order that visitors' browsers named. Amounts are in the smallest unit of its currency. */
export interface NamedOrder {
  readonly order: string;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly currency: string;
  /** Price of the items, discounts off, before refunds. */
  readonly soldMinor: number;
  /** Given back for goods so far, by refunds of both kinds. */
  readonly refundedMinor: number;
}

const NAMED = `
  SELECT o.order_id::text AS "order", (extract(epoch FROM o.created_at) * 1000)::float8 AS "createdAt", o.currency,
    (o.net_minor + o.refunded_without_lines_minor + coalesce(r.refunded, 0))::float8 AS "soldMinor",
    (o.refunded_without_lines_minor + coalesce(r.refunded, 0))::float8 AS "refundedMinor"
  FROM orders o LEFT JOIN LATERAL (
    SELECT sum(subtotal_minor) AS refunded FROM refund_lines WHERE shop = o.shop AND order_id = o.order_id
  ) r ON true
  WHERE o.shop = $1 AND o.order_id = ANY ($2::bigint[]) AND NOT o.test AND o.cancelled_at IS NULL`;

/** Orders by their numbers; without test orders, cancelled ones and those that are not known. */
export async function readNamedOrders(
  tx: ShopTransaction,
  orders: readonly string[],
): Promise<ReadonlyMap<string, NamedOrder>> {
  if (orders.length === 0) return new Map();
  const rows = await selectSql<NamedOrder>(tx, NAMED, tx.shop, orders);
  return new Map(rows.map((row) => [row.order, row]));
}
