import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { ShopTransaction, ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

/** An order that has changed at Shopify and is to be read again. */
export interface ChangedOrder {
  readonly orderId: OrderId;
  /** Another one for each change of the order. */
  readonly change: string;
  /** How often reading it has failed since this change. */
  readonly attempts: number;
}

/** Notes that orders have changed; those that are noted already count as changed again. */
export async function noteChangedOrders(tx: ShopSql, ids: readonly OrderId[]): Promise<void> {
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

// Rows are locked in the order in which `note_changed_orders` locks them, so that the two cannot deadlock.
const SETTLE = `
  DELETE FROM changed_orders WHERE shop = $1 AND order_id IN (
    SELECT c.order_id FROM changed_orders c JOIN json_to_recordset($2::json) AS s(order_id bigint, change bigint)
      ON s.order_id = c.order_id AND s.change = c.change
    WHERE c.shop = $1 ORDER BY c.order_id FOR UPDATE OF c)`;

/**
 * Takes changes off the list; those that came since then stay. To be called last in a transaction: a webhook about one
 * of these orders waits until the transaction ends.
 */
export async function settleChanges(tx: ShopTransaction, changes: readonly ChangedOrder[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ orderId, change }) => ({ order_id: bareNumber(orderId), change }));
  await runSql(tx, SETTLE, tx.shop, JSON.stringify(rows));
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
