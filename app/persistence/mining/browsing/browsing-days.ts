import type { BrowsingDay } from "../../../domain/mining/browsing/browsing-day.ts";
import type { ShopSql } from "../../database/in-shop.ts";
import { runSql, selectSql } from "../../database/run-sql.ts";

const ROWS_AT_ONCE = 500;

const SAVE_PRODUCTS = `
  INSERT INTO browsing_products
    (shop, day, product_id, viewers, pairs, buyers, bought_after, bought_as, companions, viewed, then_bought)
  SELECT $1, $2::timestamptz, p.product, p.viewers, p.pairs, p.buyers, p.after, p."as", p.companions::bigint[],
    p.viewed::int[], p."then"::int[]
  FROM json_to_recordset($3::json) AS p(product bigint, viewers int, pairs int, buyers int, after int, "as" int,
    companions text, viewed text, "then" text)`;

/** When each day that is kept was counted; by its beginning, milliseconds since 1970 UTC. */
export async function readCountedDays(tx: ShopSql): Promise<Map<number, number>> {
  const rows = await selectSql<{ day: Date; counted: Date }>(
    tx,
    "SELECT day, counted_at AS counted FROM browsing_days WHERE shop = $1",
    tx.shop,
  );
  return new Map(rows.map(({ day, counted }) => [day.getTime(), counted.getTime()]));
}

/** Stores the counts of a day in place of earlier ones. */
export async function saveBrowsingDay(tx: ShopSql, day: Date, counts: BrowsingDay, countedAt: Date): Promise<void> {
  const { visits, visitors, leftOut, buyers, products } = counts;
  await runSql(tx, "DELETE FROM browsing_products WHERE shop = $1 AND day = $2::timestamptz", tx.shop, day);
  await runSql(
    tx,
    `INSERT INTO browsing_days (shop, day, visits, visitors, left_out, buyers, counted_at)
     VALUES ($1, $2::timestamptz, $3, $4, $5, $6, $7::timestamptz)
     ON CONFLICT (shop, day) DO UPDATE SET (visits, visitors, left_out, buyers, counted_at) =
       (EXCLUDED.visits, EXCLUDED.visitors, EXCLUDED.left_out, EXCLUDED.buyers, EXCLUDED.counted_at)`,
    ...[tx.shop, day, visits, visitors, leftOut, buyers, countedAt],
  );
  for (let from = 0; from < products.length; from += ROWS_AT_ONCE) {
    const rows = products.slice(from, from + ROWS_AT_ONCE).map((one) => ({
      ...{ product: one.product, viewers: one.viewers, pairs: one.pairs, buyers: one.buyers },
      ...{ after: one.boughtAfter, as: one.boughtAs },
      companions: `{${one.companions.map(({ companion }) => companion).join()}}`,
      viewed: `{${one.companions.map(({ viewed }) => viewed).join()}}`,
      then: `{${one.companions.map(({ thenBought }) => thenBought).join()}}`,
    }));
    await runSql(tx, SAVE_PRODUCTS, tx.shop, day, JSON.stringify(rows));
  }
}

/** Deletes the counts of days before this one. */
export async function forgetBrowsingBefore(tx: ShopSql, day: Date): Promise<void> {
  for (const table of ["browsing_products", "browsing_days"]) {
    await runSql(tx, `DELETE FROM ${table} WHERE shop = $1 AND day < $2::timestamptz`, tx.shop, day);
  }
}

/** The products of orders that count, by the order's number. */
export async function readBasketProducts(tx: ShopSql, orders: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await selectSql<{ id: string; products: string }>(
    tx,
    `SELECT order_id::text AS id, array_to_string(products, ',') AS products FROM baskets
     WHERE shop = $1 AND order_id = ANY ($2::text::bigint[]) AND cardinality(products) > 0`,
    ...[tx.shop, `{${orders.join()}}`],
  );
  return new Map(rows.map(({ id, products }) => [id, products.split(",")]));
}
