import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import { TOUCH_KINDS } from "../../domain/measurement/order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../../domain/settings/assistance.ts";
import type { OrdersPage, OrderVisit } from "./event-store.ts";

const MILLISECONDS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

// Single events have no index by visitor, which every event would pay for: each page of orders reads the days of its
// visitors' events once, and joins by hash. Days are those of the partitions.
const VISITS = `
  WITH named AS (
    SELECT order_id, visitor, at FROM events.order_visitors
    WHERE shop = $1 AND at >= $2 AND (at, order_id) > ($3, $4) ORDER BY at, order_id LIMIT $5
  ), touched AS (
    SELECT n.order_id, e.offer, e.surface, e.product, e.kind, max(e.at) AS at
    FROM named n JOIN events.events e ON e.visitor = n.visitor AND e.at <= n.at AND e.at >= n.at - make_interval(days => $6)
    WHERE e.shop = $1 AND e.kind = ANY ($7) AND e.offer > 0
      AND e.day >= (SELECT (min(at) - make_interval(days => $6)) AT TIME ZONE 'UTC' FROM named)::date
      AND e.day <= (SELECT max(at) AT TIME ZONE 'UTC' FROM named)::date
    GROUP BY 1, 2, 3, 4, 5
  )
  SELECT n.order_id::text AS "order", ${MILLISECONDS("n.at")} AS at, coalesce(jsonb_agg(jsonb_build_object(
      'offer', t.offer, 'surface', t.surface, 'product', t.product::text, 'kind', t.kind, 'at', ${MILLISECONDS("t.at")})
      ORDER BY t.at, t.offer, t.surface, t.product, t.kind) FILTER (WHERE t.order_id IS NOT NULL), '[]') AS touches
  FROM named n LEFT JOIN touched t USING (order_id) GROUP BY n.order_id, n.at ORDER BY n.at, n.order_id`;

/** To be called within the shop. */
export async function readVisitsIn(client: pg.ClientBase, shop: ShopDomain, page: OrdersPage): Promise<OrderVisit[]> {
  const after = page.after ?? { at: page.from.getTime(), order: "0" };
  const values = [shop, page.from, new Date(after.at), after.order, page.limit, KEPT_TOUCH_DAYS, TOUCH_KINDS];
  return (await client.query<OrderVisit>(VISITS, values)).rows;
}
