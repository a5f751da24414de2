import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import type { ProductView } from "../../domain/mining/browsing/browsing-day.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { READER_PATIENCE_MS, type OrderViews } from "./event-store.ts";
import { dayOf, VIEWED_BEFORE_MS } from "./event-days.ts";

const ROWS_AT_ONCE = 5000;

/** To be called within the shop, in a transaction that ends with the reading. */
export async function* readViewsIn(client: pg.ClientBase, shop: ShopDomain, day: Date): AsyncGenerator<ProductView[]> {
  await client.query(`SET LOCAL idle_in_transaction_session_timeout = ${READER_PATIENCE_MS}`);
  await client.query(
    `DECLARE views NO SCROLL CURSOR FOR
     SELECT visitor, (extract(epoch FROM at) * 1000)::float8 AS at, product::text AS product FROM events.events
     WHERE shop = $1 AND day = $2::date AND kind = 'product-viewed' AND visitor <> '' AND product <> 0
     ORDER BY visitor COLLATE "C", events.at, id`,
    [shop, dayOf(day.getTime())],
  );
  for (;;) {
    const { rows } = await client.query<ProductView>(`FETCH ${ROWS_AT_ONCE} FROM views`);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}

/** To be called within the shop. */
export async function readViewsBeforeOrdersIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  day: Date,
  limit: number,
): Promise<OrderViews[]> {
  const from = day.getTime();
  const sql = `
    WITH ordered AS (
      SELECT order_id, visitor, at FROM events.order_visitors
      WHERE shop = $1 AND at >= $2 AND at < $3 ORDER BY order_id LIMIT $6
    )
    SELECT o.order_id::text AS order, array_agg(DISTINCT e.product::text) AS products
    FROM ordered o JOIN events.events e ON e.visitor = o.visitor AND e.at < o.at AND e.at >= o.at - $5::interval
    WHERE e.shop = $1 AND e.day BETWEEN $4::date AND ($2::timestamptz AT TIME ZONE 'UTC')::date
      AND e.kind = 'product-viewed' AND e.product <> 0
    GROUP BY o.order_id ORDER BY o.order_id`;
  const values = [
    shop,
    day,
    new Date(from + DAY_MS),
    dayOf(from - VIEWED_BEFORE_MS),
    `${VIEWED_BEFORE_MS} milliseconds`,
  ];
  return (await client.query<OrderViews>(sql, [...values, limit])).rows;
}
