import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** An order that has changed at Shopify and is to be read again. */
export interface ChangedOrder {
  readonly orderId: OrderId;
  /** Another one for each change of the order. */
  readonly change: string;
  /** How often reading it has failed since this change. */
  readonly attempts: number;
}

/** Notes that orders have changed; those that are noted already count as changed anew. */
export async function noteChangedOrders(tx: ShopTransaction | ShopStream, ids: readonly OrderId[]): Promise<void> {
  if (ids.length === 0) return;
  await runSql(tx, "SELECT note_changed_orders($1, $2::text::bigint[])", tx.shop, `{${ids.map(bareNumber).join(",")}}`);
}

/** Changed orders that are to be read by now, the longest waiting first. */
export async function dueChangedOrders(tx: ShopTransaction, limit: number): Promise<ChangedOrder[]> {
  const rows = await selectSql<{ id: string; change: string; attempts: number }>(
    tx,
    `SELECT order_id::text AS id, change::text AS change, attempts FROM changed_orders
     WHERE shop = $1 AND due_at <= now() ORDER BY due_at, change LIMIT $2::int`,
    tx.shop,
    limit,
  );
  return rows.map(({ id, change, attempts }) => ({ orderId: gid("Order", id), change, attempts }));
}

/** Seconds until the next changed order is to be read, 0 where it is due; null where none waits. */
export async function secondsUntilNextChange(tx: ShopTransaction): Promise<number | null> {
  const [row] = await selectSql<{ seconds: number }>(
    tx,
    `SELECT greatest(extract(epoch FROM min(due_at) - now()), 0)::float8 AS seconds FROM changed_orders WHERE shop = $1
     HAVING count(*) > 0`,
    tx.shop,
  );
  return row?.seconds ?? null;
}

/** Takes a change off the list. One that came since then stays. */
export async function settleChange(tx: ShopTransaction, { orderId, change }: ChangedOrder): Promise<void> {
  const sql = "DELETE FROM changed_orders WHERE shop = $1 AND order_id = $2::bigint AND change = $3::bigint";
  await runSql(tx, sql, tx.shop, bareNumber(orderId), change);
}

/** Has an order read again after some seconds. A change that came since then is not put off. */
export async function postponeChange(
  tx: ShopTransaction,
  { orderId, change }: ChangedOrder,
  seconds: number,
): Promise<void> {
  await runSql(
    tx,
    `UPDATE changed_orders SET attempts = attempts + 1, due_at = now() + make_interval(secs => $4::float8)
     WHERE shop = $1 AND order_id = $2::bigint AND change = $3::bigint`,
    ...[tx.shop, bareNumber(orderId), change, seconds],
  );
}
