import { bareNumber, type OrderId } from "../../domain/ids.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";

// What `account_orders` does is written in `account-orders.sql`.
const ACCOUNT = "SELECT account_orders($1, $2::text::bigint[])";

/**
 * Stores what some orders still hold, and adds what that changes to the shop's totals. Call it after each change of
 * orders or their lines, in the same transaction; for orders that were deleted as well.
 */
export async function accountOrders(tx: ShopSql, ids: Iterable<OrderId>): Promise<void> {
  await account(tx, Array.from(ids, bareNumber));
}

async function account(tx: ShopSql, numbers: readonly string[]): Promise<void> {
  if (numbers.length > 0) await runSql(tx, ACCOUNT, tx.shop, `{${numbers.join(",")}}`);
}

// What it does is written in `describe-orders.sql`.
const DESCRIBE = "SELECT describe_orders($1, $2::text::bigint[])";

/**
 * Stores beside what some orders hold what else figures are split by. Call it after each change of what came through offers,
 * of what our discounts took off, and of what is known of orders' visitors and customers, in the same transaction;
 * {@link accountOrders} does it too. `numbers`: bare numbers of the orders.
 */
export async function describeOrders(tx: ShopSql, numbers: readonly string[]): Promise<void> {
  if (numbers.length > 0) await runSql(tx, DESCRIBE, tx.shop, `{${numbers.join(",")}}`);
}

// Orders that are stored, and those that something is still stored of.
const NEXT = `
  SELECT order_id::text AS id FROM (
    (SELECT order_id FROM orders WHERE shop = $1 AND order_id > $2::bigint ORDER BY order_id LIMIT $3::int)
    UNION (SELECT order_id FROM order_sales WHERE shop = $1 AND order_id > $2::bigint ORDER BY order_id LIMIT $3::int)
  ) either ORDER BY order_id LIMIT $3::int`;

/** {@link accountOrders} for the next orders after one, by number; gives the last one's number, or null after the last. */
export async function accountNextOrders(tx: ShopSql, after: string, many: number): Promise<string | null> {
  const rows = await selectSql<{ id: string }>(tx, NEXT, tx.shop, after, many);
  await account(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.at(-1)?.id ?? null;
}

// A reader sees the rows before or the row after, never both: one statement replaces them.
const MERGE = `
  WITH gone AS (
    DELETE FROM sales_totals t USING (
      SELECT at, currency FROM sales_totals WHERE shop = $1 GROUP BY at, currency HAVING count(*) > 1
    ) many WHERE t.shop = $1 AND t.at = many.at AND t.currency = many.currency RETURNING t.*
  )
  INSERT INTO sales_totals (shop, at, currency, orders, kept_orders, units, net_minor, sold_minor, unknown_orders)
  SELECT $1, at, currency, sum(orders), sum(kept_orders), sum(units), sum(net_minor), sum(sold_minor), sum(unknown_orders)
  FROM gone GROUP BY at, currency
  HAVING (sum(orders), sum(kept_orders), sum(units), sum(net_minor), sum(sold_minor), sum(unknown_orders))
    <> (0, 0, 0, 0, 0, 0)`;

/** Makes one row of the several that changes of orders have added for a quarter of an hour. Changes no sum. */
export async function mergeSalesTotals(tx: ShopSql): Promise<void> {
  await runSql(tx, MERGE, tx.shop);
}
