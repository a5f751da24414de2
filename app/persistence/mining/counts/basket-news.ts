import type { BasketNews, CountedBasket } from "../../../domain/baskets/basket-news.ts";
import { bareNumber, type OrderId } from "../../../domain/ids.ts";
import type { BasketRow } from "./baskets.ts";
import type { ShopStream, ShopTransaction } from "../../database/in-shop.ts";
import { iso, runSql, selectSql } from "../../database/run-sql.ts";

// What it does is written in its migration.
const CHANGE = "SELECT change_basket($1, $2::bigint, $3::timestamptz, $4::text::bigint[], $5, $6) AS changed";

/**
 * Stores what one order is to the counts (null: no basket), and as news what of it they do not hold yet. Says whether
 * there are such. The caller's transaction holds the order's own row, or has deleted it: two that change one order
 * come one after the other.
 */
export async function changeBasket(tx: ShopTransaction, id: OrderId, basket: BasketRow | null): Promise<boolean> {
  const products = basket === null ? null : `{${basket.products.join(",")}}`;
  const values = [iso(basket?.at ?? null), products, basket?.customerKey ?? null, basket?.channel ?? null];
  const [row] = await selectSql<{ changed: boolean }>(tx, CHANGE, tx.shop, bareNumber(id), ...values);
  return row!.changed;
}

/** The news that a transaction sees, by their own ids, and the products that they are about; bare numbers all. */
export interface SeenNews {
  readonly ids: readonly string[];
  readonly products: readonly string[];
}

export async function readSeenNews(tx: ShopStream): Promise<SeenNews> {
  const [seen] = await selectSql<{ ids: string; products: string }>(
    tx,
    `SELECT coalesce((SELECT string_agg(id::text, ',') FROM basket_news WHERE shop = $1), '') AS ids,
       coalesce((SELECT string_agg(DISTINCT p::text, ',') FROM basket_news,
         unnest(products_before || products_after) AS p WHERE shop = $1), '') AS products`,
    tx.shop,
  );
  return { ids: listed(seen!.ids), products: listed(seen!.products) };
}

/** Deletes news that are in the counts now, by their own ids. */
export async function deleteNews(tx: ShopStream, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const of = "id IN (SELECT unnest($2::text::bigint[]))";
  await runSql(tx, `DELETE FROM basket_news WHERE shop = $1 AND ${of}`, tx.shop, `{${ids.join(",")}}`);
}

/**
 * The news of some products (an expression of SQL that gives an array of their numbers), as JSON: to be read in one
 * statement with the counts that they are news to, for another transaction may add them up between two.
 */
export const newsJson = (products: string): string => `
  SELECT json_agg(n ORDER BY n.id) FROM (
    SELECT id, order_id::text AS "orderId", extract(epoch FROM at_before) * 1000 AS "atBefore",
      array_to_string(products_before, ',') AS "productsBefore", extract(epoch FROM at_after) * 1000 AS "atAfter",
      array_to_string(products_after, ',') AS "productsAfter"
    FROM basket_news WHERE shop = $1 AND (products_before && ${products} OR products_after && ${products})
  ) AS n`;

/** One of {@link newsJson}. */
export interface NewsJson {
  readonly orderId: string;
  readonly atBefore: number | null;
  readonly productsBefore: string | null;
  readonly atAfter: number | null;
  readonly productsAfter: string | null;
}

export function basketNews(row: NewsJson): BasketNews {
  const { orderId, atBefore, productsBefore, atAfter, productsAfter } = row;
  return { orderId, before: countedBasket(atBefore, productsBefore), after: countedBasket(atAfter, productsAfter) };
}

function countedBasket(at: number | null, products: string | null): CountedBasket | null {
  return at === null ? null : { at: Math.round(at), products: new Set(listed(products ?? "")) };
}

const listed = (text: string): string[] => (text === "" ? [] : text.split(","));
