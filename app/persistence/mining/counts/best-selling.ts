import { gid, type ProductId } from "../../../domain/ids.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

/**
 * What shoppers are shown as best sellers: the products in most orders that are for sale and that staff have not kept out of
 * suggestions, each in at least `leastOrders`; the first `limit` of them.
 */
export async function readShownBestSellers(
  tx: ShopTransaction,
  { leastOrders, limit }: { readonly leastOrders: number; readonly limit: number },
): Promise<ProductId[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `SELECT a.product_id::text AS id FROM associations a JOIN products p USING (shop, product_id)
     WHERE a.shop = $1 AND a.baskets >= $2::int AND p.deleted_at IS NULL AND p.status = 'active'
       AND p.published_at IS NOT NULL AND NOT p.is_gift_card
       AND NOT EXISTS (SELECT FROM excluded_products e WHERE e.shop = $1 AND e.product_id = a.product_id AND e.as_companion)
     ORDER BY a.baskets DESC, a.product_id LIMIT $3::int`,
    ...[tx.shop, leastOrders, limit],
  );
  return rows.map(({ id }) => gid("Product", id));
}

/** The products in most orders that are for sale now, by the stored counts; the first `limit` of them. */
export async function readBestSelling(tx: ShopTransaction, limit: number): Promise<ProductId[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `SELECT a.product_id::text AS id FROM associations a JOIN products p USING (shop, product_id)
     WHERE a.shop = $1 AND p.deleted_at IS NULL AND p.status = 'active' AND p.published_at IS NOT NULL
       AND NOT p.is_gift_card
     ORDER BY a.baskets DESC, a.product_id LIMIT $2::int`,
    ...[tx.shop, limit],
  );
  return rows.map(({ id }) => gid("Product", id));
}
