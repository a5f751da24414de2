import { KEPT_COMPANIONS, recountAssociations } from "./associations.ts";
import type { ShopTransaction } from "./in-shop.ts";
import { selectSql } from "./run-sql.ts";

// Only pairs of the order's own products changed. Everything else is taken from the rows as they stand, in which the
// companions that are not kept all rank after the last of those kept for being met often (`edge`). As long as so many
// still rank no later than that, none of them can have come in.
const REFRESH = `
  WITH touched AS MATERIALIZED (
    SELECT unnest($2::text::bigint[]) AS id
  ), holding AS MATERIALIZED (
    SELECT DISTINCT l.product_id AS id, b.order_id, b.at
    FROM order_lines l JOIN baskets b ON b.shop = $1 AND b.order_id = l.order_id AND l.product_id = ANY(b.products)
    WHERE l.shop = $1 AND l.product_id = ANY($2::text::bigint[])
  ), counted AS (
    SELECT id, count(*)::int AS baskets, min(at) AS first_at, max(at) AS last_at FROM holding GROUP BY id
  ), stored AS (
    SELECT * FROM associations WHERE shop = $1 AND product_id IN (SELECT id FROM touched)
  ), paired AS (
    SELECT a.id AS trigger_id, b.id, count(*)::int AS together,
      floor(extract(epoch FROM min(a.at)))::bigint AS first_at, floor(extract(epoch FROM max(a.at)))::bigint AS last_at
    FROM holding a JOIN holding b ON b.order_id = a.order_id AND b.id <> a.id GROUP BY a.id, b.id
    UNION ALL
    SELECT s.product_id, o.id, o.together, o.first_at, o.last_at
    FROM stored s CROSS JOIN LATERAL unnest(s.companions, s.together, s.first_together, s.last_together)
      AS o(id, together, first_at, last_at)
    WHERE o.id NOT IN (SELECT id FROM touched)
  ), placed AS (
    SELECT *, row_number() OVER (PARTITION BY trigger_id ORDER BY together DESC, id) AS place FROM paired
  ), kept AS (
    SELECT p.trigger_id, array_agg(p.id ORDER BY p.place) AS companions,
      array_agg(p.together ORDER BY p.place) AS together, array_agg(p.first_at ORDER BY p.place) AS first_together,
      array_agg(p.last_at ORDER BY p.place) AS last_together
    FROM placed p LEFT JOIN companion_lists m ON m.shop = $1 AND m.product_id = p.trigger_id
    WHERE p.place <= $3::int OR p.id = ANY(m.companions) OR EXISTS (SELECT 1 FROM choices c
      WHERE c.shop = $1 AND c.trigger_id = p.trigger_id AND c.companion_id = p.id)
    GROUP BY p.trigger_id
  ), gone AS (
    DELETE FROM associations WHERE shop = $1 AND product_id IN (SELECT id FROM touched)
      AND product_id NOT IN (SELECT id FROM counted)
  ), written AS (
    INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
      last_together)
    SELECT $1, c.id, c.baskets, c.first_at, c.last_at, coalesce(k.companions, '{}'), coalesce(k.together, '{}'),
      coalesce(k.first_together, '{}'), coalesce(k.last_together, '{}')
    FROM counted c LEFT JOIN kept k ON k.trigger_id = c.id
    ON CONFLICT (shop, product_id) DO UPDATE SET (baskets, first_at, last_at, companions, together, first_together,
      last_together, counted_in) = (EXCLUDED.baskets, EXCLUDED.first_at, EXCLUDED.last_at, EXCLUDED.companions,
      EXCLUDED.together, EXCLUDED.first_together, EXCLUDED.last_together, EXCLUDED.counted_in)
  )
  SELECT s.product_id::text AS id FROM stored s JOIN counted c ON c.id = s.product_id
  LEFT JOIN placed p ON p.trigger_id = s.product_id AND p.place = $3::int
  WHERE cardinality(s.companions) >= $3::int
    AND (p.id IS NULL OR (-p.together, p.id) > (-s.together[$3::int], s.companions[$3::int]))`;

/**
 * Brings the counts of one order's products up to date after its basket changed, was stored or went; `products` are
 * those that are or were in it, as bare numbers. The rows are then as {@link recountAssociations} makes them. That
 * takes much longer, and is left for the products that lost a companion's place to one that is not stored.
 */
export async function refreshAssociationRows(tx: ShopTransaction, products: readonly string[]): Promise<void> {
  if (products.length === 0) return;
  const ids = `{${[...new Set(products)].join(",")}}`;
  const rows = await selectSql<{ id: string }>(tx, REFRESH, tx.shop, ids, KEPT_COMPANIONS);
  await recountAssociations(
    tx,
    rows.map(({ id }) => id),
  );
}
