import { gid } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql } from "../database/run-sql.ts";
import { describeOrders } from "../orders/account-orders.ts";
import { holdOrders } from "../orders/orders.ts";

/** An order of a visitor of one of the holdout's arms. `exposedAt`: milliseconds since 1970 UTC. */
export interface HoldoutOrderRow {
  readonly order: string;
  readonly unit: string;
  readonly arm: number;
  readonly exposedAt: number;
}

/** Visitors of an arm by the day (UTC) on which they were first exposed. */
export interface HoldoutUnitsRow {
  readonly day: Date;
  readonly arm: number;
  readonly units: number;
}

/** Forgets orders of visitors who came before the present share was set. */
export async function beginHoldout(tx: ShopTransaction, since: Date): Promise<void> {
  await runSql(tx, "DELETE FROM holdout_orders WHERE shop = $1 AND exposed_at < $2::timestamptz", tx.shop, since);
}

/** Stores orders of visitors who count, with what is left of them, and takes out those of visitors who do not, or no longer. */
export async function saveHoldoutOrders(
  tx: ShopTransaction,
  orders: readonly HoldoutOrderRow[],
  dropped: readonly string[],
): Promise<void> {
  // Whoever stores one of these orders meanwhile holds it first, and then changes what is stored here.
  await holdOrders(
    tx,
    [...orders.map(({ order }) => order), ...dropped].map((order) => gid("Order", order)),
  );
  if (dropped.length > 0) {
    await runSql(tx, "DELETE FROM holdout_orders WHERE shop = $1 AND order_id = ANY ($2::bigint[])", tx.shop, dropped);
  }
  if (orders.length === 0) return;
  const rows = orders.map(({ order, exposedAt, ...row }) => ({ order, at: new Date(exposedAt), ...row }));
  const sql = `
    INSERT INTO holdout_orders (shop, order_id, unit, arm, exposed_at)
    SELECT $1, "order"::bigint, unit, arm, at
    FROM jsonb_to_recordset($2::jsonb) AS r("order" text, unit text, arm int, at timestamptz)
    ON CONFLICT (shop, order_id) DO UPDATE
      SET unit = EXCLUDED.unit, arm = EXCLUDED.arm, exposed_at = EXCLUDED.exposed_at`;
  await runSql(tx, sql, tx.shop, JSON.stringify(rows));
  await describeOrders(
    tx,
    orders.map(({ order }) => order),
  );
}

/** Stores how many visitors each arm has, in place of what was known, and when that was. */
export async function endHoldout(
  tx: ShopTransaction,
  rows: readonly HoldoutUnitsRow[],
  measured: { readonly at: Date; readonly mixedUnits: number },
): Promise<void> {
  await tx.db.holdoutUnits.deleteMany({ where: { shop: tx.shop } });
  await tx.db.holdoutUnits.createMany({ data: rows.map((row) => ({ shop: tx.shop, ...row })) });
  const { at, mixedUnits } = measured;
  await tx.db.split.updateMany({ where: { shop: tx.shop }, data: { measuredAt: at, measured: { mixedUnits } } });
}

/** Forgets which orders visitors of the holdout made: they are redacted, or deleted. */
export async function forgetHoldoutOrders(tx: ShopTransaction, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return;
  await runSql(tx, "DELETE FROM holdout_orders WHERE shop = $1 AND order_id = ANY ($2::bigint[])", tx.shop, orders);
}
