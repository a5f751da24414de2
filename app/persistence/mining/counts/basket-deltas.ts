import type { BasketDelta, CountedBasket } from "../../../domain/baskets/basket-delta.ts";
import { bareNumber, type OrderId } from "../../../domain/ids.ts";
import type { BasketRow } from "./baskets.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { iso, runSql, selectSql } from "../../database/run-sql.ts";

// What `change_basket` does is written in its migration.
const CHANGE = `
  SELECT coalesce(bool_or(
    change_basket($1, b.order_id, b.at, b.products::bigint[], b.customer_key, b.channel)), false) AS changed
  FROM json_to_recordset($2::json) AS b(order_id bigint, at timestamptz, products text, customer_key text, channel text)`;

/**
 * Stores the basket of each order (null: it has none), and the difference to what was counted before. Returns whether
 * there is a difference. The caller's transaction has written or deleted the rows of these orders, so that two
 * transactions never change the basket of one order at once.
 */
export async function changeBaskets(
  tx: ShopTransaction,
  baskets: ReadonlyMap<OrderId, BasketRow | null>,
): Promise<boolean> {
  const rows = Array.from(baskets, ([id, basket]) => ({
    order_id: bareNumber(id),
    at: iso(basket?.at ?? null),
    products: basket === null ? null : `{${basket.products.join(",")}}`,
    customer_key: basket?.customerKey ?? null,
    channel: basket?.channel ?? null,
  }));
  if (rows.length === 0) return false;
  const [row] = await selectSql<{ changed: boolean }>(tx, CHANGE, tx.shop, JSON.stringify(rows));
  return row!.changed;
}

/** Ids of the deltas that a transaction sees, and the products that they change; bare numbers. */
export interface SeenDeltas {
  readonly ids: readonly string[];
  readonly products: readonly string[];
}

export async function readSeenDeltas(tx: ShopStream): Promise<SeenDeltas> {
  const [seen] = await selectSql<{ ids: string; products: string }>(
    tx,
    `SELECT coalesce((SELECT string_agg(id::text, ',') FROM basket_news WHERE shop = $1), '') AS ids,
       coalesce((SELECT string_agg(DISTINCT p::text, ',') FROM basket_news,
         unnest(products_before || products_after) AS p WHERE shop = $1), '') AS products`,
    tx.shop,
  );
  return { ids: listed(seen!.ids), products: listed(seen!.products) };
}

/** Deletes deltas that were merged into the counts, by id. */
export async function deleteDeltas(tx: ShopStream, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const of = "id IN (SELECT unnest($2::text::bigint[]))";
  await runSql(tx, `DELETE FROM basket_news WHERE shop = $1 AND ${of}`, tx.shop, `{${ids.join(",")}}`);
}

/**
 * SQL for the deltas of some products, as JSON. `products` is an SQL expression for an array of their numbers. Must be
 * read in one statement with the counts, because another transaction may merge the deltas between two statements.
 */
export const deltasJson = (products: string): string => `
  SELECT json_agg(n ORDER BY n.id) FROM (
    SELECT id, order_id::text AS "orderId", extract(epoch FROM at_before) * 1000 AS "atBefore",
      array_to_string(products_before, ',') AS "productsBefore", extract(epoch FROM at_after) * 1000 AS "atAfter",
      array_to_string(products_after, ',') AS "productsAfter"
    FROM basket_news WHERE shop = $1 AND (products_before && ${products} OR products_after && ${products})
  ) AS n`;

/** One element of {@link deltasJson}. */
export interface DeltaJson {
  readonly orderId: string;
  readonly atBefore: number | null;
  readonly productsBefore: string | null;
  readonly atAfter: number | null;
  readonly productsAfter: string | null;
}

export function basketDelta(row: DeltaJson): BasketDelta {
  const { orderId, atBefore, productsBefore, atAfter, productsAfter } = row;
  return { orderId, before: countedBasket(atBefore, productsBefore), after: countedBasket(atAfter, productsAfter) };
}

function countedBasket(at: number | null, products: string | null): CountedBasket | null {
  return at === null ? null : { at: Math.round(at), products: new Set(listed(products ?? "")) };
}

const listed = (text: string): string[] => (text === "" ? [] : text.split(","));
