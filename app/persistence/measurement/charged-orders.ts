import { gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

const THROUGH = `
  SELECT o.order_id::text AS id FROM orders o
  WHERE o.shop = $1 AND o.processed_at >= $3::timestamptz AND o.processed_at < $4::timestamptz
    AND o.channel = 'online' AND NOT o.test AND o.cancelled_at IS NULL AND (o.presentment_currency = o.currency) = $5
    AND EXISTS (
      SELECT FROM attributions a WHERE a.shop = $1 AND a.order_id = o.order_id
        AND a.offer_key IN (SELECT json_array_elements_text($2::json)))
  ORDER BY o.processed_at DESC, o.order_id DESC LIMIT $6::int`;

/** The latest online orders of a time that have a line that came through one of these offers. */
export async function ordersThrough(
  tx: ShopSql,
  given: {
    readonly offerKeys: readonly string[];
    readonly from: Date;
    readonly to: Date;
    /** Whether those are meant whose amounts are stored in the currency that was paid, or the others. */
    readonly storedAsPaid: boolean;
    readonly most: number;
  },
): Promise<OrderId[]> {
  const { offerKeys, from, to, storedAsPaid, most } = given;
  const values = [JSON.stringify(offerKeys), from.toISOString(), to.toISOString(), storedAsPaid, most];
  const rows = await selectSql<{ id: string }>(tx, THROUGH, tx.shop, ...values);
  return rows.map(({ id }) => gid("Order", id));
}

/** When what products carry of offers was last published otherwise than before. Products that carry nothing are left out. */
export async function entriesSince(tx: ShopSql, products: readonly ProductId[]): Promise<Map<ProductId, Date>> {
  const rows = await selectSql<{ owner: ProductId; at: Date }>(
    tx,
    `SELECT owner_id AS owner, max(at) AS at FROM offer_entries
     WHERE shop = $1 AND key = 'offers' AND owner_id IN (SELECT json_array_elements_text($2::json)) GROUP BY 1`,
    ...[tx.shop, JSON.stringify(products)],
  );
  return new Map(rows.map(({ owner, at }) => [owner, at]));
}
