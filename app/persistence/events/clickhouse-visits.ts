import type { ShopDomain } from "../../domain/ids.ts";
import { TOUCH_KINDS, type VisitorTouch } from "../../domain/measurement/order-touches.ts";
import { LONGEST_VISIT_MS, type Visit, type VisitDimension } from "../../domain/measurement/visit.ts";
import { KEPT_TOUCH_DAYS } from "../../domain/settings/assistance.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { MILLISECONDS, TIME } from "./clickhouse-reports.ts";
import type { EventPeriod, OrdersPage, OrderVisit, VisitTotal } from "./event-store.ts";

const AFTER = `shop = {shop:String} AND at >= ${TIME("from")} AND (at, order_id) > (${TIME("afterAt")}, {afterOrder:Int64})`;

const ORDERS = `
  SELECT toString(order_id) AS order, ${MILLISECONDS("order_visitors.at")} AS at FROM order_visitors FINAL
  WHERE ${AFTER} ORDER BY order_visitors.at, order_id LIMIT {limit:UInt32}`;

/** The orders of a page, once it is known where it ends. */
const NAMED = `WITH named AS (
    SELECT order_id, visitor, at FROM order_visitors FINAL
    WHERE ${AFTER} AND (at, order_id) <= (${TIME("lastAt")}, {lastOrder:Int64})
  )`;

const TOUCHES = `
  ${NAMED}
  SELECT toString(t.order_id) AS order, offer, surface, toString(t.product) AS product, kind, ${MILLISECONDS("t.at")} AS at FROM (
    SELECT n.order_id AS order_id, e.offer AS offer, e.surface AS surface, e.product AS product, e.kind AS kind, max(e.at) AS at
    FROM events AS e FINAL JOIN named AS n ON e.visitor = n.visitor
    WHERE e.shop = {shop:String} AND e.kind IN {kinds:Array(String)} AND e.offer > 0
      AND e.at >= ${TIME("firstAt")} - INTERVAL ${KEPT_TOUCH_DAYS} DAY AND e.at <= ${TIME("lastAt")}
      AND e.visitor IN (SELECT visitor FROM named)
      AND e.at <= n.at AND e.at >= n.at - INTERVAL ${KEPT_TOUCH_DAYS} DAY
    GROUP BY n.order_id, e.offer, e.surface, e.product, e.kind
  ) AS t ORDER BY t.at, offer, surface, t.product, kind`;

/** The last visit that each order's visitor began before. */
const VISITS = `
  ${NAMED}
  SELECT toString(n.order_id) AS order, e.device AS device, e.source AS source, e.medium AS medium, e.campaign AS campaign
  FROM events AS e FINAL JOIN named AS n ON e.visitor = n.visitor
  WHERE e.shop = {shop:String} AND e.kind = 'visit-started' AND e.device IS NOT NULL
    AND e.at >= ${TIME("firstAt")} - INTERVAL ${LONGEST_VISIT_MS / 1000} SECOND AND e.at <= ${TIME("lastAt")}
    AND e.visitor IN (SELECT visitor FROM named)
    AND e.at <= n.at AND e.at >= n.at - INTERVAL ${LONGEST_VISIT_MS / 1000} SECOND
  ORDER BY n.order_id, e.at DESC, e.id DESC LIMIT 1 BY n.order_id`;

export async function readVisits(clickhouse: ClickHouse, shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]> {
  const from = page.from.getTime();
  const after = page.after ?? { at: from, order: "0" };
  const values = { shop, from, afterAt: after.at, afterOrder: after.order };
  const orders = await clickhouse.query<{ order: string; at: number }>(ORDERS, { ...values, limit: page.limit });
  const [first, last] = [orders[0], orders.at(-1)];
  if (first === undefined || last === undefined) return [];
  const bounds = { firstAt: first.at, lastAt: last.at, lastOrder: last.order };
  const known = { ...values, ...bounds };
  const [touches, visits] = await Promise.all([
    clickhouse.query<VisitorTouch & { order: string }>(TOUCHES, { ...known, kinds: TOUCH_KINDS }),
    clickhouse.query<Visit & { order: string }>(VISITS, known),
  ]);
  const touchesOf = new Map<string, VisitorTouch[]>(orders.map(({ order }) => [order, []]));
  for (const { order, ...touch } of touches) touchesOf.get(order)?.push(touch);
  const visitOf = new Map(visits.map(({ order, ...visit }) => [order, visit]));
  return orders.map(({ order, at }) => {
    return { order, at, touches: touchesOf.get(order)!, visit: visitOf.get(order) ?? null };
  });
}

/** As `visitKey` makes them. */
const KEYS: Readonly<Record<VisitDimension, string>> = {
  device: "device",
  source: "concat(source, '\\n', medium)",
  campaign: "campaign",
};

/** Groups beyond the limit share the place after the last one. */
const VISIT_TOTALS = (key: string) => `
  WITH counted AS (
    SELECT ${key} AS key, kind, sum(visits_hourly.events) AS counted FROM visits_hourly FINAL
    WHERE shop = {shop:String} AND hour >= ${TIME("from")} AND hour < ${TIME("to")} GROUP BY key, kind
  ), ranked AS (
    SELECT key, row_number() OVER (ORDER BY visits DESC, counted DESC, key) AS place FROM (
      SELECT key, sumIf(c.counted, kind = 'visit-started') AS visits, sum(c.counted) AS counted FROM counted AS c GROUP BY key
    )
  )
  SELECT if(place > {limit:UInt32}, NULL, any(of.key)) AS key, kind, toFloat64(sum(of.counted)) AS events FROM (
    SELECT c.key AS key, c.kind AS kind, c.counted AS counted, least(r.place, {limit:UInt32} + 1) AS place
    FROM counted AS c JOIN ranked AS r ON c.key = r.key
  ) AS of GROUP BY place, kind ORDER BY place, kind`;

export function readVisitTotals(
  clickhouse: ClickHouse,
  shop: ShopDomain,
  { period: { from, to }, by, limit }: { period: EventPeriod; by: VisitDimension; limit: number },
): Promise<VisitTotal[]> {
  const values = { shop, from: from.getTime(), to: to.getTime(), limit };
  return clickhouse.query<VisitTotal>(VISIT_TOTALS(KEYS[by]), values);
}
