import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import { MOST_PER_VISITOR, type UnitEvents, type UnitsPage } from "./event-store.ts";

const MILLISECONDS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

const UNITS = `
  SELECT u.visitor, u.exposures, coalesce(c.checkouts, '[]') AS checkouts, coalesce(o.orders, '[]') AS orders
  FROM (
    SELECT visitor, jsonb_agg(jsonb_build_object('arm', arm, 'at', ${MILLISECONDS("at")}) ORDER BY at, arm) AS exposures
    FROM events.exposures WHERE shop = $1 AND experiment = $2 AND visitor > $3
    GROUP BY visitor ORDER BY visitor LIMIT $4
  ) u LEFT JOIN LATERAL (
    SELECT jsonb_agg(${MILLISECONDS("at")} ORDER BY at) AS checkouts FROM (
      SELECT at FROM events.checkouts WHERE shop = $1 AND visitor = u.visitor ORDER BY at LIMIT ${MOST_PER_VISITOR}
    ) first
  ) c ON true LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('order', order_id::text, 'at', ${MILLISECONDS("at")}) ORDER BY order_id) AS orders
    FROM (
      SELECT order_id, at FROM events.order_visitors
      WHERE shop = $1 AND visitor = u.visitor ORDER BY at LIMIT ${MOST_PER_VISITOR}
    ) first
  ) o ON true
  ORDER BY u.visitor`;

/** To be called within the shop. */
export async function readUnitsIn(client: pg.ClientBase, shop: ShopDomain, page: UnitsPage): Promise<UnitEvents[]> {
  const values = [shop, page.experiment, page.after, page.limit];
  return (await client.query<UnitEvents>(UNITS, values)).rows;
}

/** To be called before a shop is entered, since events that were not moved yet belong to no shop's role. */
export async function forgetOrdersIn(
  client: pg.ClientBase,
  shop: ShopDomain,
  orders: readonly string[],
): Promise<void> {
  // The event stays, as one of a checkout that became an order of which nobody knows the number.
  await client.query("UPDATE events.staged SET order_id = NULL WHERE shop = $1 AND order_id = ANY ($2::bigint[])", [
    ...[shop, orders],
  ]);
  await client.query("SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)", [shop]);
  await client.query("DELETE FROM events.order_visitors WHERE shop = $1 AND order_id = ANY ($2::bigint[])", [
    ...[shop, orders],
  ]);
}
