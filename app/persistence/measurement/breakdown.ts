import type { Breakdown, BreakdownGroup } from "../../domain/measurement/breakdown.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { readShopSettings } from "../settings/settings.ts";
import { IS_ASSISTED } from "./assisted.ts";
import { readByTime } from "./read-by-time.ts";

/** Which orders are split: those placed in [from, to) in one currency. */
export interface BreakdownQuery {
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
  readonly by: Breakdown;
}

// Which orders were the first one of their customer.
const FIRSTS = `LEFT JOIN (
    SELECT order_id, true AS is_first FROM first_orders WHERE shop = $1 AND at >= $2 AND at < $3
  ) f USING (order_id)`;

/** Which group an order is in, null where that is not known, and rows beside its own that say so. */
const KEYS: Readonly<Record<Breakdown, { readonly key: string; readonly join?: string }>> = {
  market: { key: "nullif(presentment_currency, '')" },
  channel: { key: "nullif(channel, '')" },
  customer: {
    key: "CASE WHEN f.is_first THEN 'new' WHEN is_customer_known THEN 'returning' END",
    join: FIRSTS,
  },
  device: { key: "nullif(device, '')" },
  source: { key: "source || E'\\n' || medium" },
  campaign: { key: "campaign" },
};

// An order is in one group here, so assisted revenue can be added up.
const FIGURES = ({ key, join = "" }: (typeof KEYS)[Breakdown]) => `
  SELECT ${key} AS key, count(*) FILTER (WHERE is_kept)::int AS orders, coalesce(sum(units), 0)::float8 AS units,
    coalesce(sum(sold_minor), 0)::float8 AS "netMinor", coalesce(sum(through_minor), 0)::float8 AS "attributedMinor",
    count(*) FILTER (WHERE is_through_kept)::int AS "attributedOrders",
    coalesce(sum(through_refunded_minor), 0)::float8 AS "refundedMinor",
    coalesce(sum(offer_discount_minor), 0)::float8 AS "discountMinor",
    coalesce(sum(greatest(sold_minor - through_minor, 0)) FILTER (WHERE ${IS_ASSISTED}), 0)::float8 AS "assistedMinor"
  FROM order_sales ${join} WHERE shop = $1 AND at >= $2 AND at < $3 AND currency = $4 GROUP BY 1`;

/** What each group of orders sold, what of it came through offers or was assisted, and what discounts took off. */
export async function readBreakdown(
  tx: ShopSql,
  { currency, from, to, by }: BreakdownQuery,
): Promise<BreakdownGroup[]> {
  const { seenWindowDays, usedWindowDays } = await readShopSettings(tx);
  const values = [tx.shop, from, to, currency, seenWindowDays, usedWindowDays];
  await readByTime(tx);
  return selectSql<BreakdownGroup>(tx, FIGURES(KEYS[by]), ...values);
}
