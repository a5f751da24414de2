import type { ShopDomain } from "../../domain/ids.ts";
import type { ProductView } from "../../domain/mining/browsing/browsing-day.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { MILLISECONDS, TIME } from "./clickhouse-reports.ts";
import { dayOf, VIEWED_BEFORE_MS } from "./event-days.ts";
import type { OrderViews } from "./event-store.ts";

const ROWS_AT_ONCE = 5000;

export function readViews(clickhouse: ClickHouse, shop: ShopDomain, day: Date): AsyncGenerator<ProductView[]> {
  const sql = `
    SELECT visitor, ${MILLISECONDS("events.at")} AS at, toString(events.product) AS product FROM events FINAL
    WHERE shop = {shop:String} AND toDate(events.at) = {day:Date} AND kind = 'product-viewed' AND visitor <> ''
      AND events.product <> 0
    ORDER BY visitor, events.at, id`;
  return clickhouse.stream<ProductView>(sql, { shop, day: dayOf(day.getTime()) }, ROWS_AT_ONCE);
}

export function readViewsBeforeOrders(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  day: Date,
  limit: number,
): Promise<OrderViews[]> {
  const from = day.getTime();
  const sql = `
    WITH ordered AS (
      SELECT order_id, visitor, at FROM order_visitors FINAL
      WHERE shop = {shop:String} AND at >= ${TIME("from")} AND at < ${TIME("to")} ORDER BY order_id LIMIT {limit:UInt32}
    )
    SELECT toString(o.order_id) AS order, arraySort(groupUniqArray(toString(e.product))) AS products
    FROM events AS e FINAL JOIN ordered AS o ON e.visitor = o.visitor
    WHERE e.shop = {shop:String} AND e.kind = 'product-viewed' AND e.product <> 0
      AND e.at >= ${TIME("viewed")} AND e.at < ${TIME("to")} AND e.visitor IN (SELECT visitor FROM ordered)
      AND e.at < o.at AND e.at >= o.at - INTERVAL {before:UInt32} SECOND
    GROUP BY o.order_id ORDER BY o.order_id`;
  const times = { from, to: from + DAY_MS, viewed: from - VIEWED_BEFORE_MS, before: VIEWED_BEFORE_MS / 1000 };
  return clickhouse.query<OrderViews>(sql, { shop, limit, ...times });
}
