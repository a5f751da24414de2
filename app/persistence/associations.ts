import { bareNumber, gid, type ProductId } from "../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "./in-shop.ts";
import { iso, runSql, selectSql } from "./run-sql.ts";

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

const COUNTS = "baskets, first_at, last_at, companions, together, first_together, last_together";
const STORED = COUNTS.replaceAll(/\w+/g, "associations.$&");
const NEW = COUNTS.replaceAll(/\w+/g, "EXCLUDED.$&");
/** Which transaction counted a row: see {@link keepCompanions}. */
const COUNTED_IN = "counted_in = pg_current_xact_id()::text::bigint";

// An array would be read anew for every row; what a query gives is read once.
const OF_THESE = "product_id IN (SELECT unnest($2::text::bigint[]))";

const ROWS = `
  SELECT $1::text AS shop, a.product_id, a.baskets, a.first_at, a.last_at, a.companions::bigint[] AS companions,
    a.together::int[] AS together, a.first_together::bigint[] AS first_together,
    a.last_together::bigint[] AS last_together
  FROM json_to_recordset($2::json) AS a(product_id bigint, baskets int, first_at timestamptz, last_at timestamptz,
    companions text, together text, first_together text, last_together text)`;

const SAVE = `
  INSERT INTO associations (shop, product_id, ${COUNTS}) ${ROWS}
  ON CONFLICT (shop, product_id) DO UPDATE SET (${COUNTS}) = (${NEW}), ${COUNTED_IN}
  WHERE (${STORED}) IS DISTINCT FROM (${NEW})`;

/** PostgreSQL's own text of an array of numbers: a third of the JSON's size, and quicker to read. */
const arrayText = (numbers: readonly (string | number)[]) => `{${numbers.join(",")}}`;
const seconds = (at: number) => Math.floor(at / 1000);

/** Stores counts, companions in the order given; those that are stored so already are not written again. */
export async function saveAssociations(
  tx: ShopTransaction | ShopStream,
  associations: readonly AssociationRow[],
): Promise<void> {
  if (associations.length === 0) return;
  await runSql(tx, SAVE, tx.shop, jsonRows(associations));
}

function jsonRows(associations: readonly AssociationRow[]): string {
  return JSON.stringify(
    associations.map(({ productId, baskets, firstAt, lastAt, companions }) => ({
      product_id: productId,
      baskets,
      first_at: iso(firstAt),
      last_at: iso(lastAt),
      companions: arrayText(companions.map((companion) => companion.productId)),
      together: arrayText(companions.map((companion) => companion.together)),
      first_together: arrayText(companions.map((companion) => seconds(companion.firstAt))),
      last_together: arrayText(companions.map((companion) => seconds(companion.lastAt))),
    })),
  );
}

/** Deletes the counts of every product but these, which are bare numbers. */
export async function deleteAssociationsExcept(tx: ShopStream, kept: readonly string[]): Promise<void> {
  await runSql(tx, `DELETE FROM associations WHERE shop = $1 AND NOT ${OF_THESE}`, tx.shop, arrayText(kept));
}

/** Companions that are kept for being met often; what the model or a person chose is kept besides. */
export const KEPT_COMPANIONS = 100;

const RECOUNT = `
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
  ), kept AS (
    SELECT p.trigger_id, array_agg(p.id ORDER BY p.place) AS companions,
      array_agg(p.together ORDER BY p.place) AS together, array_agg(p.first_at ORDER BY p.place) AS first_together,
      array_agg(p.last_at ORDER BY p.place) AS last_together
    FROM paired p LEFT JOIN companion_lists m ON m.shop = $1 AND m.product_id = p.trigger_id
    WHERE p.place <= $3::int OR p.id = ANY(m.companions) OR EXISTS (SELECT 1 FROM choices c
      WHERE c.shop = $1 AND c.trigger_id = p.trigger_id AND c.companion_id = p.id)
    GROUP BY p.trigger_id
  )
  INSERT INTO associations (shop, product_id, ${COUNTS})
  SELECT $1, c.trigger_id, c.baskets, c.first_at, c.last_at, coalesce(k.companions, '{}'),
    coalesce(k.together, '{}'), coalesce(k.first_together, '{}'), coalesce(k.last_together, '{}')
  FROM counted c LEFT JOIN kept k USING (trigger_id)`;

/**
 * Counts some products anew from the stored baskets, and stores what it counts: exactly what a full rebuild would
 * store for them. A product that is in no basket any more loses its row. Ids are bare numbers.
 */
export async function recountAssociations(
  tx: ShopTransaction | ShopStream,
  products: readonly string[],
): Promise<void> {
  if (products.length === 0) return;
  const ids = arrayText([...new Set(products)]);
  await runSql(tx, `DELETE FROM associations WHERE shop = $1 AND ${OF_THESE}`, tx.shop, ids);
  await runSql(tx, RECOUNT, tx.shop, ids, KEPT_COMPANIONS);
}

/** Products that have met more companions than are all kept, as bare numbers: which of them are depends on the lists. */
export async function readFullAssociations(tx: ShopStream): Promise<string[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    "SELECT product_id::text AS id FROM associations WHERE shop = $1 AND cardinality(companions) >= $2::int",
    tx.shop,
    KEPT_COMPANIONS,
  );
  return rows.map(({ id }) => id);
}

/**
 * Stores counts that were made from baskets as a snapshot (PostgreSQL's own text of one) showed them. A product that
 * was counted anew since keeps its newer counts; its bare number is among those returned.
 */
export async function keepCompanions(
  tx: ShopStream,
  associations: readonly AssociationRow[],
  snapshot: string,
): Promise<string[]> {
  if (associations.length === 0) return [];
  const rows = await selectSql<{ id: string }>(
    tx,
    `WITH a AS (${ROWS}), stored AS (
       UPDATE associations SET (${COUNTS}) = (${COUNTS.replaceAll(/\w+/g, "a.$&")}), ${COUNTED_IN} FROM a
       WHERE associations.shop = a.shop AND associations.product_id = a.product_id
         AND pg_visible_in_snapshot(associations.counted_in::text::xid8, $3::pg_snapshot)
       RETURNING associations.product_id
     )
     SELECT product_id::text AS id FROM a WHERE product_id NOT IN (SELECT product_id FROM stored)`,
    tx.shop,
    jsonRows(associations),
    snapshot,
  );
  return rows.map(({ id }) => id);
}

interface StoredRow {
  id: string;
  baskets: number;
  first_at: number;
  last_at: number;
  companions: string;
  together: string;
  first_together: string;
  last_together: string;
}

// Arrays come as plain texts: the driver takes ten times as long to read them as arrays, in the thread of every job.
const READ = `
  SELECT product_id::text AS id, baskets, (extract(epoch FROM first_at) * 1000)::float8 AS first_at,
    (extract(epoch FROM last_at) * 1000)::float8 AS last_at, array_to_string(companions, ',') AS companions,
    array_to_string(together, ',') AS together, array_to_string(first_together, ',') AS first_together,
    array_to_string(last_together, ',') AS last_together
  FROM associations WHERE shop = $1`;

/** Counts of some products, or of all. */
export async function readAssociations(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, AssociationRow>> {
  const rows =
    products === undefined
      ? await selectSql<StoredRow>(tx, READ, tx.shop)
      : await selectSql<StoredRow>(tx, `${READ} AND ${OF_THESE}`, tx.shop, arrayText(products.map(bareNumber)));
  return new Map(rows.map((row) => [gid("Product", row.id), associationRow(row)]));
}

function associationRow(row: StoredRow): AssociationRow {
  const [together, first, last] = [row.together, row.first_together, row.last_together].map((text) => text.split(","));
  const companions = row.companions === "" ? [] : row.companions.split(",");
  return {
    productId: row.id,
    baskets: row.baskets,
    firstAt: row.first_at,
    lastAt: row.last_at,
    companions: companions.map((productId, place) => ({
      productId,
      together: Number(together![place]),
      firstAt: Number(first![place]) * 1000,
      lastAt: Number(last![place]) * 1000,
    })),
  };
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
