import { bareNumber, gid, type ProductId } from "../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "./in-shop.ts";
import { iso, runSql } from "./run-sql.ts";

/** Counts of one product. Ids are bare numbers; times are milliseconds since 1970 UTC. */
export interface AssociationRow {
  readonly productId: string;
  readonly baskets: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly companions: readonly AssociatedProduct[];
}

export interface AssociatedProduct {
  readonly productId: string;
  /** Baskets with both. */
  readonly together: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

const SAVE = `
  INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
    last_together)
  SELECT $1, a.product_id, a.baskets, a.first_at, a.last_at, a.companions::bigint[], a.together::int[],
    a.first_together::bigint[], a.last_together::bigint[]
  FROM json_to_recordset($2::json) AS a(product_id bigint, baskets int, first_at timestamptz, last_at timestamptz,
    companions text, together text, first_together text, last_together text)
  ON CONFLICT (shop, product_id) DO UPDATE SET (baskets, first_at, last_at, companions, together, first_together,
    last_together) = (EXCLUDED.baskets, EXCLUDED.first_at, EXCLUDED.last_at, EXCLUDED.companions, EXCLUDED.together,
    EXCLUDED.first_together, EXCLUDED.last_together)`;

/** PostgreSQL's own text of an array of numbers: a third of the JSON's size, and quicker to read. */
const arrayText = (numbers: readonly (string | number)[]) => `{${numbers.join(",")}}`;
const seconds = (at: number) => Math.floor(at / 1000);

/** Stores counts, companions in the order given. */
export async function saveAssociations(
  tx: ShopTransaction | ShopStream,
  associations: readonly AssociationRow[],
): Promise<void> {
  if (associations.length === 0) return;
  const rows = associations.map(({ productId, baskets, firstAt, lastAt, companions }) => ({
    product_id: productId,
    baskets,
    first_at: iso(firstAt),
    last_at: iso(lastAt),
    companions: arrayText(companions.map((companion) => companion.productId)),
    together: arrayText(companions.map((companion) => companion.together)),
    first_together: arrayText(companions.map((companion) => seconds(companion.firstAt))),
    last_together: arrayText(companions.map((companion) => seconds(companion.lastAt))),
  }));
  await runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
}

export async function deleteAssociations(tx: ShopTransaction | ShopStream): Promise<void> {
  await runSql(tx, "DELETE FROM associations WHERE shop = $1", tx.shop);
}

/** Companions that are kept for being met often; what the model or a person chose is kept besides. */
export const KEPT_COMPANIONS = 100;

/**
 * Counts some products anew from the stored baskets, and stores what it counts: exactly what a full rebuild would
 * store for them. A product that is in no basket any more loses its row.
 */
export async function recountAssociations(tx: ShopTransaction, products: readonly ProductId[]): Promise<void> {
  if (products.length === 0) return;
  const ids = [...new Set(products)].map((id) => BigInt(bareNumber(id)));
  await tx.db.association.deleteMany({ where: { shop: tx.shop, productId: { in: ids } } });
  await tx.db.$executeRaw`
    WITH holding AS (
      SELECT trigger.id AS trigger_id, b.at, b.products
      FROM unnest(${ids}::bigint[]) AS trigger(id)
      CROSS JOIN LATERAL (
        SELECT DISTINCT order_id FROM order_lines WHERE shop = ${tx.shop} AND product_id = trigger.id
      ) AS l
      JOIN baskets b ON b.shop = ${tx.shop} AND b.order_id = l.order_id AND trigger.id = ANY(b.products)
    ), counted AS (
      SELECT trigger_id, count(*)::int AS baskets, min(at) AS first_at, max(at) AS last_at FROM holding
      GROUP BY trigger_id
    ), paired AS (
      SELECT trigger_id, other.id, count(*)::int AS together, floor(extract(epoch FROM min(at)))::bigint AS first_at,
        floor(extract(epoch FROM max(at)))::bigint AS last_at,
        row_number() OVER (PARTITION BY trigger_id ORDER BY count(*) DESC, other.id) AS place
      FROM holding CROSS JOIN LATERAL unnest(products) AS other(id)
      WHERE other.id <> trigger_id GROUP BY trigger_id, other.id
    ), kept AS (
      SELECT p.trigger_id, array_agg(p.id ORDER BY p.place) AS companions,
        array_agg(p.together ORDER BY p.place) AS together, array_agg(p.first_at ORDER BY p.place) AS first_together,
        array_agg(p.last_at ORDER BY p.place) AS last_together
      FROM paired p LEFT JOIN companion_lists m ON m.shop = ${tx.shop} AND m.product_id = p.trigger_id
      WHERE p.place <= ${KEPT_COMPANIONS} OR p.id = ANY(m.companions) OR EXISTS (SELECT 1 FROM choices c
        WHERE c.shop = ${tx.shop} AND c.trigger_id = p.trigger_id AND c.companion_id = p.id)
      GROUP BY p.trigger_id
    )
    INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
      last_together)
    SELECT ${tx.shop}, c.trigger_id, c.baskets, c.first_at, c.last_at, coalesce(k.companions, '{}'),
      coalesce(k.together, '{}'), coalesce(k.first_together, '{}'), coalesce(k.last_together, '{}')
    FROM counted c LEFT JOIN kept k USING (trigger_id)`;
}

/** Counts of some products, or of all. */
export async function readAssociations(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, AssociationRow>> {
  const where = {
    shop: tx.shop,
    ...(products === undefined ? {} : { productId: { in: products.map((id) => BigInt(bareNumber(id))) } }),
  };
  const rows = await tx.db.association.findMany({ where });
  return new Map(
    rows.map((row) => [
      gid("Product", row.productId),
      {
        productId: String(row.productId),
        baskets: row.baskets,
        firstAt: row.firstAt.getTime(),
        lastAt: row.lastAt.getTime(),
        companions: row.companions.map((companion, index) => ({
          productId: String(companion),
          together: row.together[index]!,
          firstAt: Number(row.firstTogether[index]!) * 1000,
          lastAt: Number(row.lastTogether[index]!) * 1000,
        })),
      },
    ]),
  );
}

/** In how many baskets each product was; those in none are absent. */
export async function readBasketCounts(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, number>> {
  const where = {
    shop: tx.shop,
    ...(products === undefined ? {} : { productId: { in: products.map((id) => BigInt(bareNumber(id))) } }),
  };
  const rows = await tx.db.association.findMany({ where, select: { productId: true, baskets: true } });
  return new Map(rows.map((row) => [gid("Product", row.productId), row.baskets]));
}
