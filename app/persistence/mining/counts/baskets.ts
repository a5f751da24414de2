import { bareNumber, type ProductId } from "../../../domain/ids.ts";
import type { Order } from "../../../domain/orders/order.ts";
import type { ShopStream } from "../../database/in-shop.ts";
import { iso, runSql } from "../../database/run-sql.ts";

/** A cleaned order. Ids are bare numbers. */
export interface BasketRow {
  readonly orderId: string;
  readonly at: number;
  readonly customerKey: string | null;
  readonly channel: string;
  /** Distinct, ascending. */
  readonly products: readonly string[];
}

/** The row of what an order counts for. */
export function basketRow(order: Order, products: readonly ProductId[]): BasketRow {
  return {
    orderId: bareNumber(order.id),
    at: order.processedAt,
    customerKey: order.customerKey,
    channel: order.channel,
    products: products.map(bareNumber),
  };
}

const CORRECT_BASKETS = `
  WITH given AS MATERIALIZED (
    SELECT order_id, mark, at, customer_key, channel, products::bigint[] AS products FROM json_to_recordset($4::json)
      AS b(order_id bigint, mark text, at timestamptz, customer_key text, channel text, products text)
  ), stored AS (
    SELECT * FROM baskets WHERE shop = $1 AND order_id > $2 AND order_id <= $3
  ), wrong AS MATERIALIZED (
    SELECT g.* FROM given g LEFT JOIN stored s USING (order_id)
    WHERE CASE WHEN cardinality(g.products) = 0 THEN s.order_id IS NOT NULL
      ELSE (s.at, s.customer_key, s.channel, s.products) IS DISTINCT FROM (g.at, g.customer_key, g.channel, g.products) END
  ), held AS MATERIALIZED (
    SELECT o.order_id FROM orders o JOIN wrong w ON o.order_id = w.order_id AND o.xmin::text = w.mark
    WHERE o.shop = $1 AND o.order_id > $2 AND o.order_id <= $3 FOR SHARE OF o SKIP LOCKED
  ), corrected AS (
    INSERT INTO baskets (shop, order_id, at, customer_key, channel, products)
    SELECT $1, order_id, at, customer_key, channel, products FROM wrong JOIN held USING (order_id)
    WHERE cardinality(products) > 0
    ON CONFLICT (shop, order_id) DO UPDATE SET (at, customer_key, channel, products) =
      (EXCLUDED.at, EXCLUDED.customer_key, EXCLUDED.channel, EXCLUDED.products)
  )
  DELETE FROM baskets WHERE shop = $1 AND order_id > $2 AND order_id <= $3 AND (
    order_id IN (SELECT order_id FROM wrong JOIN held USING (order_id) WHERE cardinality(products) = 0)
    OR order_id NOT IN (SELECT order_id FROM orders WHERE shop = $1 AND order_id > $2 AND order_id <= $3))`;

/**
 * Makes these all the baskets that are stored of the orders after one id, up to and with another. A basket without
 * products is none. An order that somebody changes at the moment, or changed since it was read and marked, is left to
 * them: writers never block each other.
 */
export async function correctBaskets(
  tx: ShopStream,
  orders: { readonly after: string; readonly upTo: string },
  baskets: readonly (BasketRow & { readonly mark: string })[],
): Promise<void> {
  const rows = baskets.map((basket) => ({
    order_id: basket.orderId,
    mark: basket.mark,
    at: iso(basket.at),
    customer_key: basket.customerKey,
    channel: basket.channel,
    products: `{${basket.products.join(",")}}`,
  }));
  await runSql(tx, CORRECT_BASKETS, tx.shop, orders.after, orders.upTo, JSON.stringify(rows));
}
