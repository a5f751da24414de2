import { gid } from "../../domain/ids.ts";
import type { OrderValues, QuantityEvidence, SlowEvidence, UpgradeEvidence } from "../../domain/playbooks/evidence.ts";
import type { ShopStream } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

const MOST_PRODUCTS = 50;
/** Orders of more units are counted with those of so many. */
const MOST_UNITS = 50;

/** A stretch of time that orders are read of; the end is not part of it. */
export interface OrderPeriod {
  readonly from: Date;
  readonly to: Date;
}

/** When the last order that counts was placed; null without any. */
export async function readLastBasketAt(tx: ShopStream): Promise<Date | null> {
  const sql = "SELECT (extract(epoch FROM max(at)) * 1000)::float8 AS at FROM baskets WHERE shop = $1";
  const [row] = await selectSql<{ at: number | null }>(tx, sql, tx.shop);
  return row?.at == null ? null : new Date(row.at);
}

const QUANTITIES = `
  WITH units AS (
    SELECT l.product_id, least(sum(l.current_quantity), ${MOST_UNITS})::int AS units
    FROM baskets b JOIN order_lines l USING (shop, order_id)
    WHERE b.shop = $1 AND b.at >= $2::timestamptz AND b.at < $3::timestamptz AND l.product_id = ANY(b.products)
      AND l.current_quantity > 0
    GROUP BY l.order_id, l.product_id
  ), counted AS (
    SELECT product_id, units, count(*)::int AS orders FROM units GROUP BY 1, 2
  ), ranked AS (
    SELECT product_id FROM counted GROUP BY 1 HAVING coalesce(sum(orders) FILTER (WHERE units > 1), 0) > 0
    ORDER BY sum(orders) FILTER (WHERE units > 1) DESC, product_id LIMIT ${MOST_PRODUCTS}
  )
  SELECT product_id::text AS id, json_agg(json_build_array(units, orders) ORDER BY units) AS units
  FROM counted WHERE product_id IN (SELECT product_id FROM ranked)
  GROUP BY product_id ORDER BY sum(orders) FILTER (WHERE units > 1) DESC, product_id`;

/** The products that most orders take several units of, with how many units orders take. */
export async function readQuantities(tx: ShopStream, { from, to }: OrderPeriod): Promise<QuantityEvidence[]> {
  const rows = await selectSql<{ id: string; units: [number, number][] }>(tx, QUANTITIES, tx.shop, from, to);
  return rows.map(({ id, units }) => ({ product: gid("Product", id), ordersByUnits: units }));
}

// What is left of the goods after discounts and refunds; of orders that were given back as a whole nothing is.
const ORDER_VALUES = `
  SELECT count(*)::int AS orders,
    percentile_disc(ARRAY(SELECT n / 20.0 FROM generate_series(0, 20) AS n)::float8[])
      WITHIN GROUP (ORDER BY net_minor)::float8[] AS quantiles
  FROM orders WHERE shop = $1 AND processed_at >= $2::timestamptz AND processed_at < $3::timestamptz AND currency = $4
    AND NOT test AND cancelled_at IS NULL AND net_minor > 0`;

/** What orders cost; null where there was none in the currency. */
export async function readOrderValues(
  tx: ShopStream,
  { from, to }: OrderPeriod,
  currency: string,
): Promise<OrderValues | null> {
  const [row] = await selectSql<{ orders: number; quantiles: number[] | null }>(
    tx,
    ORDER_VALUES,
    ...[tx.shop, from, to, currency],
  );
  return row?.quantiles == null ? null : { orders: row.orders, quantiles: row.quantiles };
}

/** A product that was in fewer orders has never sold well, and what its earlier orders would give is a guess. */
const LEAST_EXPECTED = 5;
/** Of what its earlier orders would give. */
const MOST_SHARE_LEFT = 0.4;
/** How many times as often the partner sells, at least. */
const LEAST_TIMES = 3;
/** A product that was first bought less long before may only be out of season. */
const A_YEAR = 365;
/** Companions met most often among which the partner is. */
const MOST_TRIED = 20;

// Expected is the pace before the latest 90 days, from the first order on, or the same 90 days of the year before where
// that is less: what is out of season is not slow. The partner is the companion that sells best now.
const SLOW = `
  WITH recent AS (
    SELECT product_id, count(*)::int AS orders FROM baskets b, unnest(b.products) AS product_id
    WHERE b.shop = $1 AND b.at >= $2::timestamptz GROUP BY 1
  ), year_before AS (
    SELECT product_id, count(*)::int AS orders FROM baskets b, unnest(b.products) AS product_id
    WHERE b.shop = $1 AND b.at >= $2::timestamptz - interval '${A_YEAR} days'
      AND b.at < $2::timestamptz - interval '${A_YEAR} days' + make_interval(days => $3::int) GROUP BY 1
  ), paced AS (
    SELECT a.product_id, a.companions[1:${MOST_TRIED}] AS companions, a.together[1:${MOST_TRIED}] AS together,
      coalesce(r.orders, 0) AS recent,
      least((a.baskets - coalesce(r.orders, 0)) * $3::float8
        / (extract(epoch FROM $2::timestamptz - a.first_at)::float8 / 86400), coalesce(y.orders, 0)) AS expected
    FROM associations a LEFT JOIN recent r USING (product_id) LEFT JOIN year_before y USING (product_id)
    WHERE a.shop = $1 AND a.first_at < $2::timestamptz - interval '${A_YEAR} days'
  ), slow AS (
    SELECT * FROM paced WHERE expected >= ${LEAST_EXPECTED} AND recent <= expected * ${MOST_SHARE_LEFT}
    ORDER BY expected - recent DESC, product_id LIMIT ${MOST_PRODUCTS}
  )
  SELECT s.product_id::text AS id, p.partner::text AS partner, p.together, s.recent, s.expected, p.orders
  FROM slow s CROSS JOIN LATERAL (
    SELECT c.partner, c.together, r.orders
    FROM unnest(s.companions, s.together) AS c(partner, together) JOIN recent r ON r.product_id = c.partner
    WHERE r.orders >= greatest(s.recent, 1) * ${LEAST_TIMES} AND c.together >= 2
    ORDER BY r.orders DESC, c.partner LIMIT 1
  ) p ORDER BY s.expected - s.recent DESC, s.product_id`;

/** Products that sell less than they did, each with the one that sells best of those it was bought with. */
export async function readSlowProducts(
  tx: ShopStream,
  { since, days }: { readonly since: Date; readonly days: number },
): Promise<SlowEvidence[]> {
  const rows = await selectSql<{
    id: string;
    partner: string;
    together: number;
    recent: number;
    expected: number;
    orders: number;
  }>(tx, SLOW, tx.shop, since, days);
  return rows.map(({ id, partner, together, recent, expected, orders }) => ({
    ...{ product: gid("Product", id), partner: gid("Product", partner), together, recent },
    ...{ expected: Math.round(expected * 10) / 10, partnerRecent: orders },
  }));
}

const UPGRADES = `
  SELECT u.product_id::text AS id, c ->> 'id' AS upgrade, (c ->> 'thenCustomers')::int AS customers
  FROM upgrades u, jsonb_array_elements(u.found -> 'candidates') AS c
  WHERE u.shop = $1 AND u.moved > 0 AND c ->> 'basis' = 'moved'
  ORDER BY customers DESC, u.product_id, upgrade LIMIT ${MOST_PRODUCTS}`;

/** The upgrades that most customers moved on to by themselves. */
export async function readMovedUpgrades(tx: ShopStream): Promise<UpgradeEvidence[]> {
  const rows = await selectSql<{ id: string; upgrade: string; customers: number }>(tx, UPGRADES, tx.shop);
  return rows.map(({ id, upgrade, customers }) => ({
    product: gid("Product", id),
    upgrade: gid("Product", upgrade),
    customers,
  }));
}
