import { gid, type ProductId } from "../../../domain/ids.ts";
import type { ShopTransaction } from "../../database/in-shop.ts";
import { runSql, selectSql } from "../../database/run-sql.ts";

/** Companions that are noted of one product. Beyond them nothing new of it is found. */
const MOST_OF_A_PRODUCT = 500;

/** Two products that orders suggest together. Which of them carries the suggestion does not matter for whether it is new. */
export interface SuggestedPair {
  readonly product: ProductId;
  readonly companion: ProductId;
}

// Each two products once, whichever suggests the other. What similar products or browsing suggest waits for orders of its own.
const PAIRS = `
  SELECT least(s.product_id, companion) AS low, greatest(s.product_id, companion) AS high,
    (array_agg(s.product_id ORDER BY s.grade = 'strong' DESC, place, s.product_id))[1] AS product,
    bool_or(s.grade = 'strong') AS strong, min(place) AS place
  FROM suggested_companions s JOIN companion_lists l ON l.shop = $1 AND l.product_id = s.product_id
    CROSS JOIN unnest(s.companions) WITH ORDINALITY AS c(companion, place)
  WHERE s.shop = $1 AND l.placed_by[array_position(l.companions, companion)] IN ('page', 'cart') GROUP BY 1, 2`;

const NEW = `
  SELECT low, high, product, strong, place FROM (${PAIRS}) pair
  WHERE NOT EXISTS (
    SELECT FROM noted_suggestions n WHERE n.shop = $1 AND n.product_id = pair.low
      AND (pair.high = ANY (n.companions) OR cardinality(n.companions) >= ${MOST_OF_A_PRODUCT})
  )`;

/**
 * Suggested pairs that were not noted before, those of products with strong evidence and high in their lists first; `most` of
 * them.
 */
export async function newSuggestions(tx: ShopTransaction, most: number): Promise<SuggestedPair[]> {
  const sql = `
    SELECT product::text AS product, (low + high - product)::text AS companion FROM (${NEW}) fresh
    ORDER BY strong DESC, place, low, high LIMIT $2::int`;
  const rows = await selectSql<{ product: string; companion: string }>(tx, sql, tx.shop, most);
  return rows.map(({ product, companion }) => ({
    product: gid("Product", product),
    companion: gid("Product", companion),
  }));
}

const NOTE = `
  INSERT INTO noted_suggestions AS n (shop, product_id, companions)
  SELECT $1, low, (array_agg(high ORDER BY place, high))[1:${MOST_OF_A_PRODUCT}] FROM (${NEW}) fresh GROUP BY low
  ON CONFLICT (shop, product_id) DO UPDATE SET companions =
    (n.companions || EXCLUDED.companions)[1:${MOST_OF_A_PRODUCT}]`;

/** Notes every pair that is suggested now. */
export async function noteSuggestions(tx: ShopTransaction): Promise<void> {
  await runSql(tx, NOTE, tx.shop);
}

/** When suggestions were noted for the first time; null for never. */
export async function suggestionsNotedAt(tx: ShopTransaction): Promise<Date | null> {
  const select = { suggestionsNotedAt: true };
  return (await tx.db.shop.findUnique({ where: { domain: tx.shop }, select }))?.suggestionsNotedAt ?? null;
}

/** Notes when suggestions were noted for the first time. */
export async function noteFirstSuggestions(tx: ShopTransaction, at: Date): Promise<void> {
  await tx.db.shop.updateMany({ where: { domain: tx.shop }, data: { suggestionsNotedAt: at } });
}
