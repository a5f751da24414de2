import { KEPT_COMPANIONS, type PairCount, type ProductCounts } from "../../../domain/baskets/product-counts.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

/** Counts of one product as SQL gives them: arrays as plain texts, which the driver reads in a tenth of the time. */
export interface CountsText {
  readonly id: string;
  readonly baskets: number;
  /** Milliseconds since 1970 UTC. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Bare numbers; the other three run in parallel, times in seconds. */
  readonly companions: string;
  readonly together: string;
  readonly firstTogether: string;
  readonly lastTogether: string;
}

/** {@link CountsText} of columns by these names: those of the table, and those of counting from scratch. */
export const COUNTS_TEXT = `product_id::text AS id, baskets,
  (extract(epoch FROM first_at) * 1000)::float8 AS "firstAt", (extract(epoch FROM last_at) * 1000)::float8 AS "lastAt",
  array_to_string(companions, ',') AS companions, array_to_string(together, ',') AS together,
  array_to_string(first_together, ',') AS "firstTogether", array_to_string(last_together, ',') AS "lastTogether"`;

export function productCounts(row: CountsText): ProductCounts {
  const { id: productId, baskets, firstAt, lastAt } = row;
  const [together, first, last] = [row.together, row.firstTogether, row.lastTogether].map((text) => text.split(","));
  const companions = row.companions === "" ? [] : row.companions.split(",");
  return {
    ...{ productId, baskets, firstAt, lastAt },
    companions: companions.map((companion, place) => ({
      productId: companion,
      together: Number(together![place]),
      firstAt: Number(first![place]) * 1000,
      lastAt: Number(last![place]) * 1000,
    })),
  };
}

const COUNT = `
  WITH holding AS (
    SELECT trigger.id AS trigger_id, b.at, b.products
    FROM unnest($2::text::bigint[]) AS trigger(id)
    CROSS JOIN LATERAL (
      SELECT DISTINCT order_id FROM order_lines WHERE shop = $1 AND product_id = trigger.id
    ) AS l
    JOIN baskets b ON b.shop = $1 AND b.order_id = l.order_id AND trigger.id = ANY(b.products)
  ), counted AS (
    SELECT trigger_id, count(*)::int AS baskets, min(at) AS first_at, max(at) AS last_at FROM holding
    GROUP BY trigger_id
  ), paired AS (
    SELECT trigger_id, other.id, count(*)::int AS together, floor(extract(epoch FROM min(at)))::bigint AS first_at,
      floor(extract(epoch FROM max(at)))::bigint AS last_at,
      row_number() OVER (PARTITION BY trigger_id ORDER BY count(*) DESC, other.id) AS place
    FROM holding CROSS JOIN LATERAL unnest(products) AS other(id)
    WHERE other.id <> trigger_id GROUP BY trigger_id, other.id
  ), wanted AS (
    SELECT product_id, unnest(companions) AS id FROM companion_lists WHERE shop = $1
    UNION ALL SELECT product_id, unnest(companions) FROM segment_lists WHERE shop = $1
    UNION ALL SELECT trigger_id, companion_id FROM choices WHERE shop = $1
  ), kept AS (
    SELECT p.trigger_id, array_agg(p.id ORDER BY p.place) AS companions,
      array_agg(p.together ORDER BY p.place) AS together, array_agg(p.first_at ORDER BY p.place) AS first_together,
      array_agg(p.last_at ORDER BY p.place) AS last_together
    FROM paired p WHERE p.place <= $3::int OR (p.trigger_id, p.id) IN (
      SELECT product_id, id FROM wanted WHERE product_id IN (SELECT unnest($2::text::bigint[])))
    GROUP BY p.trigger_id
  ), counts AS (
    SELECT c.trigger_id AS product_id, c.baskets, c.first_at, c.last_at, coalesce(k.companions, '{}') AS companions,
      coalesce(k.together, '{}') AS together, coalesce(k.first_together, '{}') AS first_together,
      coalesce(k.last_together, '{}') AS last_together
    FROM counted c LEFT JOIN kept k USING (trigger_id)
  )
  SELECT ${COUNTS_TEXT} FROM counts`;

/**
 * Counts some products from the stored baskets of orders whose lines are stored: exactly what counting all baskets
 * would store for them. Products that are in none are absent. Ids are bare numbers.
 */
export async function countProducts(tx: ShopTransaction, products: readonly string[]): Promise<ProductCounts[]> {
  if (products.length === 0) return [];
  const ids = `{${[...new Set(products)].join(",")}}`;
  return (await selectSql<CountsText>(tx, COUNT, tx.shop, ids, KEPT_COMPANIONS)).map(productCounts);
}

// Who chooses a pair by hand chooses a rare companion: what is not kept of a product is met less than all that is.
const COUNT_PAIRS = `
  SELECT p.product::text AS product, p.companion::text AS "productId", count(*)::int AS together,
    floor(extract(epoch FROM min(b.at)))::float8 * 1000 AS "firstAt",
    floor(extract(epoch FROM max(b.at)))::float8 * 1000 AS "lastAt"
  FROM json_to_recordset($2::json) AS p(product bigint, companion bigint)
  CROSS JOIN LATERAL (
    SELECT DISTINCT order_id FROM order_lines WHERE shop = $1 AND product_id = p.companion
  ) AS l
  JOIN baskets b ON b.shop = $1 AND b.order_id = l.order_id AND b.products @> ARRAY[p.product, p.companion]
  GROUP BY p.product, p.companion`;

/** Counts single pairs from the stored baskets; those that never met are absent. */
export function countPairs(
  tx: ShopTransaction,
  pairs: readonly { readonly product: string; readonly companion: string }[],
): Promise<({ readonly product: string } & PairCount)[]> {
  return pairs.length === 0 ? Promise.resolve([]) : selectSql(tx, COUNT_PAIRS, tx.shop, JSON.stringify(pairs));
}
