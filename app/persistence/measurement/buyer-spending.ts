import { CAP_QUANTILE, LEAST_PAST_BUYERS } from "../../domain/statistics/capped-values.ts";
import type { PastSpending } from "../../domain/statistics/detectable-difference.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** What buyers spent, and up to which amount each counts; null for no cap. Amounts are in the currency's smallest unit. */
export interface BuyerSpending extends PastSpending {
  readonly capMinor: number | null;
}

// The cap is that of `spendCap`. Guests are counted by order, since nothing connects one order of theirs with another.
const SPENDING = `
  WITH buyers AS (
    SELECT sum(s.sold_minor::float8) AS spent FROM order_sales s JOIN orders o USING (shop, order_id)
    WHERE s.shop = $1 AND s.at >= $2::timestamptz AND s.at < $3::timestamptz AND s.currency = $4 AND s.channel = 'online'
    GROUP BY coalesce(o.customer_key, s.order_id::text) HAVING sum(s.sold_minor::float8) > 0
  ), cap AS (
    SELECT CASE WHEN count(*) >= $5::int THEN percentile_disc($6::float8) WITHIN GROUP (ORDER BY spent) END AS minor
    FROM buyers
  )
  SELECT count(*)::int AS buyers, cap.minor AS "capMinor",
    avg(least(spent, cap.minor)) AS mean, avg(least(spent, cap.minor) ^ 2) AS "meanSquare"
  FROM buyers CROSS JOIN cap GROUP BY cap.minor`;

const FIRST_ORDER = `
  SELECT (extract(epoch FROM min(processed_at)) * 1000)::float8 AS at FROM orders WHERE shop = $1`;

// The latest quarter of an hour from which on so many orders were placed. Rows of one quarter count together, and the index
// gives the latest first, so that no more are read than are needed.
const ENOUGH_ORDERS = `
  SELECT (extract(epoch FROM counted.at) * 1000)::float8 AS at FROM (
    SELECT at, sum(orders) OVER (ORDER BY at DESC) AS since FROM sales_totals
    WHERE shop = $1 AND at < $2::timestamptz AND at >= $4::timestamptz
  ) counted WHERE since >= $3::int ORDER BY counted.at DESC LIMIT 1`;

/** How far back spending is read: days, and orders, of which a large shop has enough in fewer days. */
export interface Past {
  readonly days: number;
  readonly orders: number;
}
/** Weekdays differ, so that even the largest shop is read for a whole week. */
const LEAST_DAYS = 7;

/**
 * What each buyer of the online store spent in the past, or since the shop's first order where that is later; after
 * refunds, without taxes, gift cards, test orders, cancelled ones and those of another currency. Whole days, at least one.
 */
export async function readBuyerSpending(tx: ShopSql, now: Date, past: Past, currency: string): Promise<BuyerSpending> {
  const days = await daysOf(tx, now, past);
  const from = new Date(now.getTime() - days * DAY_MS);
  const values = [from, now, currency, LEAST_PAST_BUYERS, CAP_QUANTILE];
  const [row] = await selectSql<Omit<BuyerSpending, "days">>(tx, SPENDING, tx.shop, ...values);
  return { days, ...(row ?? { buyers: 0, capMinor: null, mean: 0, meanSquare: 0 }) };
}

async function daysOf(tx: ShopSql, now: Date, past: Past): Promise<number> {
  const earliest = new Date(now.getTime() - past.days * DAY_MS);
  const [enough] = await selectSql<{ at: number }>(tx, ENOUGH_ORDERS, tx.shop, now, past.orders, earliest);
  const [first] = await selectSql<{ at: number | null }>(tx, FIRST_ORDER, tx.shop);
  const daysSince = (at: number) => Math.ceil((now.getTime() - at) / DAY_MS);
  const sinceFirst = first?.at == null ? 1 : Math.max(1, daysSince(first.at));
  const sinceEnough = enough === undefined ? past.days : Math.max(LEAST_DAYS, daysSince(enough.at));
  return Math.min(past.days, sinceFirst, sinceEnough);
}
