import type { CatalogueItem } from "../../domain/catalogue/catalogue-item.ts";
import { parseAttributes } from "../../domain/catalogue/attribute.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

interface CatalogueItemRow {
  id: string;
  title: string;
  kind: string;
  category: string | null;
  attributes: unknown;
  choice: string | null;
  vendor: string;
  tags: string[];
  collections: string[];
  price_minor: number | null;
  cost_minor: number | null;
  sold: number | null;
  refunded: number | null;
}

// What was sent back is what a line has lost: bulk files carry no refunds by line, but every line's present quantity.
// The price and the cost are those of the cheapest variant: of several at that price, of the one made first.
const ITEMS = `
  SELECT p.product_id::text AS id, p.title, p.product_type AS kind, p.category, p.vendor, p.tags,
    CASE WHEN $2::boolean THEN p.attributes ELSE '[]' END AS attributes, coalesce(c.collections, '{}') AS collections,
    nullif(v.title, 'Default Title') AS choice, v.price_minor::float8 AS price_minor,
    v.cost_minor::float8 AS cost_minor, l.sold::float8 AS sold, l.refunded::float8 AS refunded
  FROM products p
  LEFT JOIN (
    SELECT DISTINCT ON (product_id) product_id, title, price_minor, cost_minor FROM variants WHERE shop = $1
    ORDER BY product_id, price_minor, variant_id
  ) v USING (product_id)
  LEFT JOIN (
    SELECT product_id, array_agg(collection_id::text ORDER BY collection_id) AS collections FROM collection_members
    WHERE shop = $1 GROUP BY product_id
  ) c USING (product_id)
  LEFT JOIN (
    SELECT l.product_id, sum(l.quantity) AS sold, sum(greatest(l.quantity - l.current_quantity, 0)) AS refunded
    FROM order_lines l JOIN orders o USING (shop, order_id)
    WHERE l.shop = $1 AND NOT o.test AND o.cancelled_at IS NULL GROUP BY l.product_id
  ) l USING (product_id)
  WHERE p.shop = $1 AND p.deleted_at IS NULL AND NOT p.is_gift_card
  ORDER BY p.product_id`;

/**
 * The shop's products as the miner compares them, by bare id: all that exist but gift cards, sold or not. The price is
 * that of the cheapest variant, the margin its own where its cost is known. Products that nobody bought have no
 * refunded share. Attributes are read where they are asked for: learning lists, which is done often, needs none.
 */
export async function readCatalogueItems(
  tx: ShopSql,
  { withAttributes = false }: { withAttributes?: boolean } = {},
): Promise<CatalogueItem[]> {
  const rows = await selectSql<CatalogueItemRow>(tx, ITEMS, tx.shop, withAttributes);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    kind: row.kind,
    category: row.category,
    vendor: row.vendor,
    tags: row.tags,
    collections: row.collections,
    priceMinor: row.price_minor,
    choice: row.choice,
    attributes: parseAttributes(row.attributes),
    refundedShare: row.sold === null || row.sold <= 0 ? null : Math.min(1, (row.refunded ?? 0) / row.sold),
    soldUnits: row.sold,
    marginShare: marginOf(row),
  }));
}

function marginOf({ price_minor: price, cost_minor: cost }: CatalogueItemRow): number | null {
  if (price === null || cost === null || price <= 0) return null;
  return Math.max(0, (price - cost) / price);
}
