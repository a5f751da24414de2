import type { BasketMargins } from "../../../domain/mining/evidence/null-model.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

// As with the counts of products: what was stored with them, and what orders changed since. Before a shop's counts are
// stored for the first time, its baskets are counted.
const READ = `
  WITH stored AS (
    SELECT basket_margins AS margins FROM shops WHERE domain = $1 AND basket_margins IS NOT NULL
  ), deltas AS (
    SELECT * FROM basket_news WHERE shop = $1 AND EXISTS (SELECT FROM stored)
  ), uncounted AS (
    SELECT products FROM baskets WHERE shop = $1 AND NOT EXISTS (SELECT FROM stored)
  ), changed AS (
    SELECT id, sum(change)::int AS change FROM (
      SELECT unnest(products_after) AS id, 1 AS change FROM deltas
      UNION ALL SELECT unnest(products_before), -1 FROM deltas
      UNION ALL SELECT unnest(products), 1 FROM uncounted
    ) AS one GROUP BY id
  ), moved AS (
    SELECT CASE WHEN EXISTS (SELECT FROM stored) THEN coalesce(a.baskets, 0) ELSE 0 END AS was, change
    FROM changed LEFT JOIN associations a ON a.shop = $1 AND a.product_id = changed.id
  ), sizes AS (
    SELECT value, sum(count)::int AS count FROM (
      SELECT (one->>0)::int AS value, (one->>1)::int AS count FROM stored, jsonb_array_elements(margins->'sizes') AS one
      UNION ALL SELECT cardinality(products_after), 1 FROM deltas WHERE at_after IS NOT NULL
      UNION ALL SELECT cardinality(products_before), -1 FROM deltas WHERE at_before IS NOT NULL
      UNION ALL SELECT cardinality(products), 1 FROM uncounted
    ) AS each GROUP BY value HAVING sum(count) > 0
  ), orders AS (
    SELECT value, sum(count)::int AS count FROM (
      SELECT (one->>0)::int AS value, (one->>1)::int AS count FROM stored, jsonb_array_elements(margins->'orders') AS one
      UNION ALL SELECT was, -1 FROM moved
      UNION ALL SELECT was + change, 1 FROM moved
    ) AS each WHERE value > 0 GROUP BY value HAVING sum(count) > 0
  )
  SELECT (SELECT coalesce(json_agg(json_build_array(value, count)), '[]') FROM sizes) AS sizes,
    (SELECT coalesce(json_agg(json_build_array(value, count)), '[]') FROM orders) AS orders`;

interface Read {
  readonly sizes: readonly (readonly [number, number])[];
  readonly orders: readonly (readonly [number, number])[];
}

/** How many baskets there are of each size, and how many products of each number of orders, as orders have it now. */
export async function readBasketMargins(tx: ShopTransaction): Promise<BasketMargins> {
  const [read] = await selectSql<Read>(tx, READ, tx.shop);
  return { sizes: new Map(read!.sizes), orders: new Map(read!.orders) };
}
