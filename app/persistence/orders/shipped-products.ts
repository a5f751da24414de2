import type { ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/**
 * Whether products had to be shipped when they were last ordered, by bare number. The catalogue does not hold it, so those
 * that nobody ordered are missing.
 */
export async function readShipped(tx: ShopTransaction, products: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await selectSql<{ product: string; ships: boolean }>(
    tx,
    `SELECT p.product::text, l.requires_shipping AS ships FROM unnest($2::text::bigint[]) AS p(product)
     JOIN LATERAL (
       SELECT requires_shipping FROM order_lines
       WHERE shop = $1 AND product_id = p.product AND requires_shipping IS NOT NULL ORDER BY version DESC LIMIT 1
     ) l ON true`,
    ...[tx.shop, `{${products.join(",")}}`],
  );
  return new Map(rows.map(({ product, ships }) => [product, ships]));
}
