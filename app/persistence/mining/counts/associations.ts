import { countsWithDeltas } from "../../../domain/baskets/counts-with-deltas.ts";
import { KEPT_COMPANIONS, mostTogetherFirst, type ProductCounts } from "../../../domain/baskets/product-counts.ts";
import { bareNumber, gid, type ProductId } from "../../../domain/ids.ts";
import { basketDelta, deltasJson, type DeltaJson } from "./basket-deltas.ts";
import { countPairs, countProducts, COUNTS_TEXT, productCounts, type CountsText } from "./count-baskets.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { iso, runSql, selectSql } from "../../database/run-sql.ts";

const COUNTS = "baskets, first_at, last_at, companions, together, first_together, last_together";
const STORED = COUNTS.replaceAll(/\w+/g, "associations.$&");
const NEW = COUNTS.replaceAll(/\w+/g, "EXCLUDED.$&");

// An array would be read again for every row; what a query gives is read once.
const OF_THESE = "product_id IN (SELECT unnest($2::text::bigint[]))";

const SAVE = `
  INSERT INTO associations (shop, product_id, ${COUNTS})
  SELECT $1::text, a.product_id, a.baskets, a.first_at, a.last_at, a.companions::bigint[], a.together::int[],
    a.first_together::bigint[], a.last_together::bigint[]
  FROM json_to_recordset($2::json) AS a(product_id bigint, baskets int, first_at timestamptz, last_at timestamptz,
    companions text, together text, first_together text, last_together text)
  ON CONFLICT (shop, product_id) DO UPDATE SET (${COUNTS}) = (${NEW})
  WHERE (${STORED}) IS DISTINCT FROM (${NEW})`;

/** PostgreSQL's own text of an array of numbers: a third of the JSON's size, and quicker to read. */
const arrayText = (numbers: readonly (string | number)[]) => `{${numbers.join(",")}}`;
const seconds = (at: number) => Math.floor(at / 1000);

/** Stores counts, companions in the order given; those that are stored so already are not written again. */
export async function saveAssociations(tx: ShopStream, counts: readonly ProductCounts[]): Promise<void> {
  if (counts.length === 0) return;
  const rows = counts.map(({ productId, baskets, firstAt, lastAt, companions }) => ({
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

/** Deletes the counts of some products, or of all others; bare numbers. */
export async function deleteAssociations(
  tx: ShopStream,
  products: { readonly these: readonly string[] } | { readonly allBut: readonly string[] },
): Promise<void> {
  const [not, ids] = "these" in products ? ["", products.these] : ["NOT ", products.allBut];
  await runSql(tx, `DELETE FROM associations WHERE shop = $1 AND ${not}${OF_THESE}`, tx.shop, arrayText(ids));
}

/**
 * Products that have met more companions than are all kept, as bare numbers: which of them are depends on the lists.
 */
export async function readFullAssociations(tx: ShopStream): Promise<string[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    "SELECT product_id::text AS id FROM associations WHERE shop = $1 AND cardinality(companions) >= $2::int",
    tx.shop,
    KEPT_COMPANIONS,
  );
  return rows.map(({ id }) => id);
}

const PAIR_COLUMNS = ["companions", "together", "first_together", "last_together"];

// One statement, for whoever learns may add the deltas to the rows between two. Lists and choices say what rows hold.
// Stored companions stand most together first, so that those in enough orders are the first ones; of a product whose orders
// changed since, all are read. OFFSET has how many these are counted once a row: it would be counted for each column.
const READ = `
  WITH changed AS (
    SELECT unnest(products_before || products_after) AS product_id FROM basket_news WHERE shop = $1
  )
  SELECT (
    SELECT json_agg(a) FROM (
      SELECT ${COUNTS_TEXT} FROM (
        SELECT product_id, baskets, first_at, last_at, ${PAIR_COLUMNS.map((one) => `${one}[:pairs] AS ${one}`).join(", ")}
        FROM associations CROSS JOIN LATERAL (
          SELECT CASE WHEN $3::int <= 1 OR product_id IN (SELECT product_id FROM changed) THEN cardinality(together)
            ELSE (SELECT count(*) FROM unnest(together) AS orders WHERE orders >= $3::int) END::int AS pairs OFFSET 0
        ) AS c WHERE shop = $1 AND ${OF_THESE}
      ) AS cut
    ) AS a
  ) AS stored, (${deltasJson("(SELECT $2::text::bigint[])")}) AS deltas, (
    SELECT json_agg(l) FROM (
      SELECT product_id::text AS id, string_agg(array_to_string(companions, ','), ',') AS companions FROM (
        SELECT product_id, companions FROM companion_lists WHERE shop = $1 AND ${OF_THESE}
        UNION ALL SELECT product_id, companions FROM segment_lists WHERE shop = $1 AND ${OF_THESE}
      ) AS one WHERE EXISTS (SELECT FROM basket_news WHERE shop = $1) GROUP BY 1
    ) AS l
  ) AS listed, (
    SELECT json_agg(c) FROM (
      SELECT trigger_id::text AS id, string_agg(companion_id::text, ',') AS companions FROM choices
      WHERE shop = $1 AND trigger_id IN (SELECT unnest($2::text::bigint[])) GROUP BY 1
    ) AS c
  ) AS chosen`;

interface Read {
  stored: CountsText[] | null;
  deltas: DeltaJson[] | null;
  listed: { id: string; companions: string }[] | null;
  chosen: { id: string; companions: string }[] | null;
}

/**
 * Counts of some products as orders have it now: the stored ones and what orders changed since. Those that are in no
 * basket are absent. Of a product that met more companions than are kept, all those in its list, chosen by a person or
 * met often are there; others may be. What is there is exact.
 *
 * @param leastTogether Companions that were in fewer orders with the product may be absent.
 */
export async function readAssociations(
  tx: ShopTransaction,
  products: readonly ProductId[],
  leastTogether = 1,
): Promise<Map<ProductId, ProductCounts>> {
  const ids = products.map(bareNumber);
  const [read] = await selectSql<Read>(tx, READ, tx.shop, arrayText(ids), leastTogether);
  const stored = new Map(read!.stored?.map((row) => [row.id, productCounts(row)]));
  const listed = new Map(read!.listed?.map(({ id, companions }) => [id, new Set(companions.split(","))]));
  const chosen = new Map(read!.chosen?.map(({ id, companions }) => [id, new Set(companions.split(","))]));
  const deltas = (read!.deltas ?? []).map(basketDelta);
  const { counts, stale, stalePairs } = countsWithDeltas(ids, { stored, deltas, listed, chosen });
  const all = new Map(counts);
  for (const counted of await countProducts(tx, stale)) all.set(counted.productId, counted);
  for (const { product, ...pair } of await countPairs(tx, stalePairs)) {
    const { companions, ...rest } = all.get(product)!;
    all.set(product, { ...rest, companions: [...companions, pair].sort(mostTogetherFirst) });
  }
  return new Map([...all].map(([id, row]) => [gid("Product", id), row]));
}

/** In how many baskets each product is, as orders have it now; those in none are absent. */
export async function readBasketCounts(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, number>> {
  // The rows of some products are looked up; a condition on the whole would read those of all.
  const [these, ids] = products === undefined ? ["", []] : [`AND ${OF_THESE}`, [arrayText(products.map(bareNumber))]];
  const rows = await selectSql<{ id: string; baskets: number }>(
    tx,
    `SELECT product_id::text AS id, sum(baskets)::int AS baskets FROM (
       SELECT product_id, baskets FROM associations WHERE shop = $1 ${these}
       UNION ALL SELECT * FROM (
         SELECT unnest(products_after) AS product_id, 1 FROM basket_news WHERE shop = $1
         UNION ALL SELECT unnest(products_before), -1 FROM basket_news WHERE shop = $1
       ) AS deltas WHERE true ${these}
     ) AS one GROUP BY product_id HAVING sum(baskets) > 0`,
    ...[tx.shop, ...ids],
  );
  return new Map(rows.map((row) => [gid("Product", row.id), row.baskets]));
}
