import { bareNumber, type OrderId } from "../../domain/ids.ts";
import type { ShopStream, ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** An order of which something could not be read, and why. */
export interface UnreadOrderRow {
  readonly orderId: OrderId;
  /** Null where it is not known. */
  readonly name: string | null;
  readonly reason: string;
}

/** Notes orders that could not be read as they are. */
export async function noteUnreadOrders(tx: ShopSql, unread: readonly UnreadOrderRow[], at: Date): Promise<void> {
  if (unread.length === 0) return;
  const rows = unread.map(({ orderId, ...row }) => ({ ...row, id: bareNumber(orderId) }));
  await runSql(
    tx,
    `INSERT INTO unread_orders AS u (shop, order_id, name, reason, seen_at)
     SELECT DISTINCT ON (r.id) $1, r.id, r.name, r.reason, $3::timestamptz
     FROM json_to_recordset($2::json) AS r(id bigint, name text, reason text)
     ORDER BY r.id, r.name NULLS LAST
     ON CONFLICT (shop, order_id) DO UPDATE SET (name, reason, seen_at) =
       (coalesce(EXCLUDED.name, u.name), EXCLUDED.reason, EXCLUDED.seen_at)`,
    tx.shop,
    JSON.stringify(rows),
    at.toISOString(),
  );
}

/** Forgets that some orders could not be read: they were, or are gone. False where none of them had been noted. */
export async function settleUnreadOrders(tx: ShopTransaction, ids: readonly OrderId[]): Promise<boolean> {
  const sql = "DELETE FROM unread_orders WHERE shop = $1 AND order_id = ANY($2::text::bigint[])";
  return (await runSql(tx, sql, tx.shop, `{${ids.map(bareNumber).join(",")}}`)) > 0;
}

/** How many orders could not be read, and the names of the first few, or their numbers where they have none. */
export async function countUnreadOrders(
  tx: ShopTransaction,
  named: number,
): Promise<{ count: number; names: string[] }> {
  const [row] = await selectSql<{ count: number; names: string[] | null }>(
    tx,
    `SELECT count(*)::int AS count,
       (array_agg(coalesce(u.name, o.name, u.order_id::text) ORDER BY u.order_id))[1:$2::int] AS names
     FROM unread_orders u LEFT JOIN orders o USING (shop, order_id) WHERE u.shop = $1`,
    ...[tx.shop, named],
  );
  return { count: row!.count, names: row!.names ?? [] };
}

/** Notes that Shopify has deleted an order. */
export async function noteDeletedOrder(tx: ShopTransaction, id: OrderId): Promise<void> {
  const sql = "INSERT INTO deleted_orders (shop, order_id) VALUES ($1, $2::bigint) ON CONFLICT DO NOTHING";
  await runSql(tx, sql, tx.shop, bareNumber(id));
}

/** Which of these orders Shopify has deleted. */
export async function deletedAmong(tx: ShopStream, ids: readonly OrderId[]): Promise<Set<string>> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `SELECT order_id::text AS id FROM deleted_orders WHERE shop = $1 AND order_id = ANY($2::text[]::bigint[])`,
    ...[tx.shop, [...new Set(ids.map(bareNumber))]],
  );
  return new Set(rows.map(({ id }) => id));
}
