import type { AssistedFigures } from "../../domain/measurement/figures.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readShopSettings } from "../settings/settings.ts";
import { readByTime } from "./read-by-time.ts";

/** How an order met offers, the strongest way of each: 0 for none within the windows. */
const WAYS = ["none", "seen", "used", "through"] as const;

/** What assisted revenue can be split by: what an order met, not what else was bought in it. */
const KEYS = { offer: "offer_key", surface: "surface" } as const;
export type AssistedDimension = keyof typeof KEYS;

/** $1 to $4: shop, from, to (excluded) and currency of the orders. */
const WANTED = "shop = $1 AND at >= $2 AND at < $3 AND currency = $4";
/** What is left of an order without what came through offers: no line is both. */
const REST = "sold_minor - through_minor";
/** $5 and $6: within how many days an offer was seen, and was clicked or added from. */
const [SEEN, USED] = ["seen_seconds <= 86400 * $5::int", "used_seconds <= 86400 * $6::int"];

/** Whether something of an order's row in `order_sales` is assisted, wherever its columns have no other meaning. */
export const IS_ASSISTED = `(is_through OR ${USED} OR ${SEEN})`;

const TOTALS = `
  SELECT CASE WHEN is_through THEN 3 WHEN ${USED} THEN 2 WHEN ${SEEN} THEN 1 ELSE 0 END AS way,
    count(*) FILTER (WHERE is_kept)::int AS known, count(*) FILTER (WHERE ${REST} > 0)::int AS orders,
    coalesce(sum(${REST}) FILTER (WHERE ${REST} > 0), 0)::float8 AS minor
  FROM order_sales WHERE ${WANTED} AND (is_through OR is_visit_known) GROUP BY 1`;

// A visitor's browser completed an order within a day of when it was placed, by whichever clock. An order that met several
// offers is in the group of each. OFFSET 0 has PostgreSQL find the orders that are assisted first: they are fewer.
const GROUPS = (key: string) => `
  WITH met AS (
    SELECT order_id, ${key} AS key FROM order_touches
    WHERE shop = $1 AND at >= $2::timestamptz - interval '1 day' AND at < $3::timestamptz + interval '1 day'
      AND seconds_before <= 86400 * CASE kind WHEN 'seen' THEN $5::int ELSE $6::int END
    UNION SELECT order_id, ${key} FROM attributions WHERE ${WANTED} AND ${key} IS NOT NULL
  ), assisted AS (
    SELECT order_id, ${REST} AS minor FROM order_sales WHERE ${WANTED} AND ${REST} > 0 AND ${IS_ASSISTED} OFFSET 0
  )
  SELECT key, count(*)::int AS orders, sum(minor)::float8 AS minor FROM met JOIN assisted USING (order_id) GROUP BY key`;

interface WayRow {
  readonly way: number;
  readonly known: number;
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
  const values = [tx.shop, from, to, currency, seenWindowDays, usedWindowDays];
  await readByTime(tx);
  const rows = await selectSql<WayRow>(tx, TOTALS, ...values);
  const groups = by === null ? [] : await selectSql<AssistedGroup>(tx, GROUPS(KEYS[by]), ...values);
  const of = (name: (typeof WAYS)[number]) => rows.find(({ way }) => way === WAYS.indexOf(name));
  const [seen, used, through] = [of("seen"), of("used"), of("through")];
  return {
    total: {
      orders: (seen?.orders ?? 0) + (used?.orders ?? 0) + (through?.orders ?? 0),
      throughMinor: through?.minor ?? 0,
      usedMinor: used?.minor ?? 0,
      seenMinor: seen?.minor ?? 0,
      knownOrders: rows.reduce((sum, { known }) => sum + known, 0),
    },
    groups: groups.sort((a, b) => b.minor - a.minor || (a.key < b.key ? -1 : 1)),
  };
}
