import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import { TOUCH_KINDS } from "../../domain/measurement/order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../../domain/settings/assistance.ts";
import { LONGEST_VISIT_MS, type VisitDimension } from "../../domain/measurement/visit.ts";
import type { EventPeriod, OrdersPage, OrderVisit, VisitTotal } from "./event-store.ts";

const MILLISECONDS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

// Single events have no index by visitor, which every event would pay for: each page of orders reads the days of its
// visitors' events once, and joins by hash. Days are those of the partitions.
const VISITS = `
  WITH named AS (
    SELECT order_id, visitor, at FROM events.order_visitors
    WHERE shop = $1 AND at >= $2 AND (at, order_id) > ($3, $4) ORDER BY at, order_id LIMIT $5
  ), did AS MATERIALIZED (
    SELECT n.order_id, n.at AS ordered_at, e.*
    FROM named n JOIN events.events e ON e.visitor = n.visitor AND e.at <= n.at AND e.at >= n.at - make_interval(days => $6)
    WHERE e.shop = $1 AND ((e.kind = ANY ($7) AND e.offer > 0) OR e.kind = 'visit-started')
      AND e.day >= (SELECT (min(at) - make_interval(days => $6)) AT TIME ZONE 'UTC' FROM named)::date
      AND e.day <= (SELECT max(at) AT TIME ZONE 'UTC' FROM named)::date
  ), touched AS (
    SELECT order_id, offer, surface, product, kind, max(at) AS at FROM did WHERE kind <> 'visit-started'
    GROUP BY 1, 2, 3, 4, 5
  ), visited AS (
    SELECT DISTINCT ON (order_id) order_id,
      jsonb_build_object('device', device, 'source', source, 'medium', medium, 'campaign', campaign) AS visit
    FROM did WHERE kind = 'visit-started' AND device IS NOT NULL AND at >= ordered_at - $8::interval
    ORDER BY order_id, at DESC, id DESC
  )
  SELECT n.order_id::text AS "order", ${MILLISECONDS("n.at")} AS at, coalesce(jsonb_agg(jsonb_build_object(
      'offer', t.offer, 'surface', t.surface, 'product', t.product::text, 'kind', t.kind, 'at', ${MILLISECONDS("t.at")})
      ORDER BY t.at, t.offer, t.surface, t.product, t.kind) FILTER (WHERE t.order_id IS NOT NULL), '[]') AS touches,
    v.visit
  FROM named n LEFT JOIN touched t USING (order_id) LEFT JOIN visited v USING (order_id)
  GROUP BY n.order_id, n.at, v.visit ORDER BY n.at, n.order_id`;

/** To be called within the shop. */
export async function readVisitsIn(client: pg.ClientBase, shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]> {
  const after = page.after ?? { at: page.from.getTime(), order: "0" };
  const values = [shop, page.from, new Date(after.at), after.order, page.limit, KEPT_TOUCH_DAYS, TOUCH_KINDS];
  return (await client.query<OrderVisit>(VISITS, [...values, `${LONGEST_VISIT_MS} milliseconds`])).rows;
}

/** As `visitKey` makes them. */
const KEYS: Readonly<Record<VisitDimension, string>> = {
  device: "device",
  source: "source || E'\\n' || medium",
  campaign: "campaign",
};

const VISIT_TOTALS = (key: string) => `
  WITH counted AS (
    SELECT ${key} AS key, kind, sum(events) AS events FROM events.visits_hourly
    WHERE shop = $1 AND hour >= $2 AND hour < $3 GROUP BY 1, 2
  ), ranked AS (
    SELECT key, row_number() OVER (
      ORDER BY coalesce(sum(events) FILTER (WHERE kind = 'visit-started'), 0) DESC, sum(events) DESC, key COLLATE "C"
    ) AS place
    FROM counted GROUP BY key
  )
  SELECT CASE WHEN place <= $4 THEN key END AS key, kind, sum(events)::float8 AS events
  FROM counted JOIN ranked USING (key) GROUP BY 1, 2, CASE WHEN place <= $4 THEN place END
  ORDER BY CASE WHEN place <= $4 THEN place END NULLS LAST, kind`;

/** To be called within the shop. */
export async function readVisitTotalsIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  { period: { from, to }, by, limit }: { period: EventPeriod; by: VisitDimension; limit: number },
): Promise<VisitTotal[]> {
  return (await client.query<VisitTotal>(VISIT_TOTALS(KEYS[by]), [shop, from, to, limit])).rows;
}
