import type { AssistedFigures } from "../../domain/measurement/figures.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readShopSettings } from "../settings/settings.ts";

/** Lines that came through offers. $1 to $4: shop, from, to (excluded) and currency of the orders. */
const ATTRIBUTED = "attributions WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4";

/** A visitor's browser completed an order within so long of when it was placed, by whichever clock. */
const NEAR = "at >= $2::timestamptz - interval '1 day' AND at < $3::timestamptz + interval '1 day'";

// $5 and $6: within how many days an offer was seen, and was clicked or added from.
const TOUCHED = `SELECT order_id, offer_key, surface, kind FROM order_touches
  WHERE shop = $1 AND ${NEAR} AND seconds_before <= 86400 * CASE kind WHEN 'seen' THEN $5::int ELSE $6::int END`;

const KNOWN = `SELECT order_id FROM ${ATTRIBUTED} UNION ALL SELECT order_id FROM order_visits WHERE shop = $1 AND ${NEAR}`;

/** What a row of {@link ASSISTED} is about: how orders met their offers, the strongest way of each, or how many are known. */
const WAYS = ["known", "seen", "used", "through"] as const;

/** What assisted revenue can be split by: what an order met, not what else was bought in it. */
const KEYS = { offer: "offer_key", surface: "surface" } as const;
export type AssistedDimension = keyof typeof KEYS;

// What is left of orders that met an offer, without what came through one: no line is in both figures. An order that met
// several offers is in the group of each, and once in the total.
const ASSISTED = (key: string) => `
  WITH sold AS (
    SELECT order_id, is_kept, sold_minor AS net FROM order_sales
    WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4 AND order_id IN (${KNOWN})
  ), meets AS (
    SELECT order_id, ${key} AS key, 3 AS way FROM ${ATTRIBUTED}
    UNION ALL SELECT order_id, ${key}, CASE kind WHEN 'seen' THEN 1 ELSE 2 END FROM (${TOUCHED}) touched
  ), through AS (
    SELECT order_id, sum(revenue_minor - refunded_minor - net_tax_minor) AS net FROM ${ATTRIBUTED} GROUP BY order_id
  ), others AS (
    SELECT order_id, sold.net - coalesce(through.net, 0) AS net, met.way
    FROM (SELECT order_id, max(way) AS way FROM meets GROUP BY order_id) met
      JOIN sold USING (order_id) LEFT JOIN through USING (order_id)
    WHERE sold.net > coalesce(through.net, 0)
  )
  SELECT NULL AS key, way, count(*)::int AS orders, sum(net)::float8 AS minor FROM others GROUP BY way
  UNION ALL SELECT NULL, 0, count(*) FILTER (WHERE is_kept)::int, 0 FROM sold
  UNION ALL SELECT key, NULL, count(*)::int, sum(net)::float8
    FROM (SELECT DISTINCT order_id, key FROM meets) keyed JOIN others USING (order_id) WHERE key IS NOT NULL GROUP BY key`;

interface AssistedRow {
  readonly key: string | null;
  readonly way: number | null;
  readonly orders: number;
  readonly minor: number;
}

/** Orders that an offer assisted, and what is left of them without what came through offers. */
export interface AssistedGroup {
  readonly key: string;
  readonly orders: number;
  readonly minor: number;
}

/**
 * Assisted revenue of orders placed in [from, to) in one currency, within the windows that the shop has set. In total, and by
 * groups where `by` says by what; the most revenue first.
 */
export async function readAssisted(
  tx: ShopSql,
  { from, to, currency }: { readonly from: Date; readonly to: Date; readonly currency: string },
  by: AssistedDimension | null,
): Promise<{ total: AssistedFigures; groups: AssistedGroup[] }> {
  const { seenWindowDays, usedWindowDays } = await readShopSettings(tx);
  const sql = ASSISTED(by === null ? "NULL::text" : KEYS[by]);
  const values = [tx.shop, from, to, currency, seenWindowDays, usedWindowDays];
  const rows = await selectSql<AssistedRow>(tx, sql, ...values);
  const of = (name: (typeof WAYS)[number]) => rows.find(({ way }) => way === WAYS.indexOf(name));
  const [seen, used, through] = [of("seen"), of("used"), of("through")];
  const groups = rows.flatMap(({ key, orders, minor }) => (key === null ? [] : [{ key, orders, minor }]));
  return {
    total: {
      orders: (seen?.orders ?? 0) + (used?.orders ?? 0) + (through?.orders ?? 0),
      throughMinor: through?.minor ?? 0,
      usedMinor: used?.minor ?? 0,
      seenMinor: seen?.minor ?? 0,
      knownOrders: of("known")?.orders ?? 0,
    },
    groups: groups.sort((a, b) => b.minor - a.minor || (a.key < b.key ? -1 : 1)),
  };
}
