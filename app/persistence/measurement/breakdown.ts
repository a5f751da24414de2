import type { Breakdown, BreakdownGroup } from "../../domain/measurement/breakdown.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readShopSettings } from "../settings/settings.ts";

/** Which orders are split: those placed in [from, to) in one currency. */
export interface BreakdownQuery {
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
  readonly by: Breakdown;
}

/** A visitor's browser completed an order within so long of when it was placed, by whichever clock. */
const NEAR = "at >= $2::timestamptz - interval '1 day' AND at < $3::timestamptz + interval '1 day'";
const VISITS = `LEFT JOIN order_visits v ON v.shop = $1 AND v.order_id = o.order_id`;
// The earliest order of each customer, of all time. The index on a customer's orders has them in this order.
const FIRSTS = `LEFT JOIN (
    SELECT DISTINCT ON (customer_key) order_id FROM orders WHERE shop = $1 AND customer_key IS NOT NULL AND NOT test
    ORDER BY customer_key, processed_at, order_id OFFSET 0
  ) f ON f.order_id = o.order_id`;

/** Which group an order is in, null where that is not known, and the rows that say so. */
const KEYS: Readonly<Record<Breakdown, { readonly key: string; readonly join: string }>> = {
  market: { key: "nullif(o.presentment_currency, '')", join: "" },
  channel: { key: "nullif(o.channel, '')", join: "" },
  customer: {
    key: "CASE WHEN o.customer_key IS NULL THEN NULL WHEN f.order_id IS NULL THEN 'returning' ELSE 'new' END",
    join: FIRSTS,
  },
  device: { key: "nullif(v.device, '')", join: VISITS },
  source: { key: "v.source || E'\\n' || v.medium", join: VISITS },
  campaign: { key: "v.campaign", join: VISITS },
};

const WANTED = "shop = $1 AND at >= $2 AND at < $3 AND currency = $4";

// $5 and $6: within how many days an offer was seen, and was clicked or added from. What assists an order is written in
// `assisted.ts`; an order is in one group here, so assisted revenue can be added up. OFFSET 0 has PostgreSQL work out each
// part once.
const FIGURES = ({ key, join }: (typeof KEYS)[Breakdown]) => `
  SELECT ${key} AS key, count(*) FILTER (WHERE sold.is_kept)::int AS orders, coalesce(sum(sold.units), 0)::float8 AS units,
    coalesce(sum(sold.sold_minor), 0)::float8 AS "netMinor", coalesce(sum(through.net), 0)::float8 AS "attributedMinor",
    count(*) FILTER (WHERE through.is_kept)::int AS "attributedOrders",
    coalesce(sum(through.refunded), 0)::float8 AS "refundedMinor",
    coalesce(sum(given.minor), 0)::float8 AS "discountMinor",
    coalesce(sum(greatest(sold.sold_minor - coalesce(through.net, 0), 0))
      FILTER (WHERE touched.order_id IS NOT NULL OR through.order_id IS NOT NULL), 0)::float8 AS "assistedMinor"
  FROM orders o
    LEFT JOIN (SELECT * FROM order_sales WHERE ${WANTED}) sold USING (order_id)
    LEFT JOIN (
      SELECT order_id, bool_or(kept_units > 0) AS is_kept, sum(refunded_minor)::bigint AS refunded,
        sum(revenue_minor - refunded_minor - net_tax_minor)::bigint AS net
      FROM attributions WHERE ${WANTED} GROUP BY order_id OFFSET 0
    ) through USING (order_id)
    LEFT JOIN (
      SELECT order_id, sum(kept_minor)::bigint AS minor FROM offer_discounts WHERE ${WANTED} GROUP BY order_id OFFSET 0
    ) given USING (order_id)
    LEFT JOIN (
      SELECT DISTINCT order_id FROM order_touches
      WHERE shop = $1 AND ${NEAR} AND seconds_before <= 86400 * CASE kind WHEN 'seen' THEN $5::int ELSE $6::int END OFFSET 0
    ) touched USING (order_id)
    ${join}
  WHERE o.shop = $1 AND o.processed_at >= $2 AND o.processed_at < $3 AND o.currency = $4
  GROUP BY 1`;

/** What each group of orders sold, what of it came through offers or was assisted, and what discounts took off. */
export async function readBreakdown(
  tx: ShopSql,
  { currency, from, to, by }: BreakdownQuery,
): Promise<BreakdownGroup[]> {
  const { seenWindowDays, usedWindowDays } = await readShopSettings(tx);
  const values = [tx.shop, from, to, currency, seenWindowDays, usedWindowDays];
  return selectSql<BreakdownGroup>(tx, FIGURES(KEYS[by]), ...values);
}
