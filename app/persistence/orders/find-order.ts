import { bareNumber, gid, type OrderId } from "../../domain/ids.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** Fewer digits are the name of an order, more are the number of its id. */
const LEAST_DIGITS_OF_AN_ID = 10;

/** The stored order with a name ("#1001" or "1001") or with the number of its id; null for none. The latest of several. */
export async function findOrderNamed(tx: ShopTransaction, text: string): Promise<OrderId | null> {
  const bare = text.replace(/^#/, "");
  const id = /^[0-9]{1,18}$/.test(bare) && bare.length >= LEAST_DIGITS_OF_AN_ID ? bare : null;
  const [row] = await selectSql<{ id: string }>(
    tx,
    `SELECT order_id::text AS id FROM orders
     WHERE shop = $1 AND (name IN ($2, $3) OR order_id = $4::text::bigint) ORDER BY processed_at DESC LIMIT 1`,
    ...[tx.shop, bare, `#${bare}`, id],
  );
  return row === undefined ? null : gid("Order", row.id);
}

/** What the merchant calls some orders; those that are not stored are absent. */
export async function readOrderNames(tx: ShopTransaction, ids: readonly OrderId[]): Promise<Map<OrderId, string>> {
  const orderId = { in: ids.map((id) => BigInt(bareNumber(id))) };
  const rows = await tx.db.order.findMany({ where: { shop: tx.shop, orderId }, select: { orderId: true, name: true } });
  return new Map(rows.map(({ orderId: id, name }) => [gid("Order", id), name]));
}
