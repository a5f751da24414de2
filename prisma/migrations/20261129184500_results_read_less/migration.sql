-- Reports of a year went through more than the orders of that year. The first order of each known customer:
CREATE TABLE "first_orders" (
    "shop" TEXT NOT NULL,
    "customer_key" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "first_orders_pkey" PRIMARY KEY ("shop","customer_key")
);
CREATE INDEX "first_orders_shop_order_id_idx" ON "first_orders"("shop", "order_id");
CREATE INDEX "first_orders_shop_at_order_id_idx" ON "first_orders"("shop", "at", "order_id");

ALTER TABLE "order_sales" ADD "is_customer_known" BOOLEAN NOT NULL DEFAULT false;

-- What a visitor of the holdout spent stands with the visitor's orders.
ALTER TABLE "holdout_orders" ADD "at" TIMESTAMPTZ(3), ADD "currency" TEXT, ADD "net_minor" BIGINT;

-- Stores which order was the first one of each customer of some orders, and of whom one of these was it so far. Orders that are
-- gone, tests, or no customer's any more are nobody's first one. `describe_orders` calls it.
--
-- Who stores an earlier order of the same customer meanwhile may not be seen here: only an earlier order takes the place of one
-- that is none of these.
CREATE OR REPLACE FUNCTION note_first_orders(of_shop TEXT, ids BIGINT[])
RETURNS VOID LANGUAGE plpgsql SET enable_nestloop = on AS $$
BEGIN
  WITH customer AS MATERIALIZED (
    SELECT customer_key FROM first_orders WHERE shop = of_shop AND order_id = ANY (ids)
    UNION SELECT customer_key FROM orders
      WHERE shop = of_shop AND order_id = ANY (ids) AND customer_key IS NOT NULL AND NOT test
  ), first AS MATERIALIZED (
    SELECT customer_key, f.order_id, f.processed_at FROM customer c LEFT JOIN LATERAL (
      SELECT order_id, processed_at FROM orders o WHERE o.shop = of_shop AND o.customer_key = c.customer_key AND NOT o.test
      ORDER BY processed_at, order_id LIMIT 1
    ) f ON true
  ), gone AS (
    DELETE FROM first_orders
    WHERE shop = of_shop AND customer_key IN (SELECT customer_key FROM first WHERE order_id IS NULL)
  )
  INSERT INTO first_orders AS f (shop, customer_key, order_id, at)
  SELECT of_shop, customer_key, order_id, processed_at FROM first WHERE order_id IS NOT NULL ORDER BY customer_key
  ON CONFLICT (shop, customer_key) DO UPDATE SET (order_id, at) = (EXCLUDED.order_id, EXCLUDED.at)
  WHERE (f.order_id, f.at) IS DISTINCT FROM (EXCLUDED.order_id, EXCLUDED.at)
    AND (f.order_id = ANY (ids) OR (EXCLUDED.at, EXCLUDED.order_id) < (f.at, f.order_id));
END
$$;

-- Stores beside what some orders of a shop hold what else figures are split by: where they were placed, what of them came
-- through offers and what our discounts took off, and what is known of their visitors and customers. Whoever has changed any of
-- these calls it in the same transaction; `account_orders` does for orders themselves. Rows that stay as they were are not
-- written.
CREATE OR REPLACE FUNCTION describe_orders(of_shop TEXT, ids BIGINT[])
RETURNS VOID LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
  -- As in `account_orders`: one after the other, in one order for all.
  PERFORM 1 FROM orders WHERE shop = of_shop AND order_id = ANY (ids)
  ORDER BY order_id::text COLLATE "C" FOR NO KEY UPDATE;
  WITH through AS (
    SELECT order_id, bool_or(kept_units > 0) AS is_kept, sum(refunded_minor)::bigint AS refunded,
      sum(revenue_minor - refunded_minor - net_tax_minor)::bigint AS net
    FROM attributions WHERE shop = of_shop AND order_id = ANY (ids) GROUP BY order_id
  ), given AS (
    SELECT order_id, sum(kept_minor)::bigint AS minor FROM offer_discounts
    WHERE shop = of_shop AND order_id = ANY (ids) GROUP BY order_id
  ), touched AS (
    SELECT order_id, min(seconds_before) FILTER (WHERE kind = 'seen') AS seen,
      min(seconds_before) FILTER (WHERE kind <> 'seen') AS used
    FROM order_touches WHERE shop = of_shop AND order_id = ANY (ids) GROUP BY order_id
  ), visited AS (
    SELECT order_id, device, source, medium, campaign FROM order_visits WHERE shop = of_shop AND order_id = ANY (ids)
  ), placed AS (
    SELECT order_id, channel, presentment_currency, customer_key IS NOT NULL AS is_customer_known
    FROM orders WHERE shop = of_shop AND order_id = ANY (ids)
  ), known AS (
    SELECT order_id, channel, presentment_currency, t.order_id IS NOT NULL AS is_through,
      coalesce(t.is_kept, false) AS is_through_kept, coalesce(t.net, 0) AS net, coalesce(t.refunded, 0) AS refunded,
      coalesce(g.minor, 0) AS given, v.order_id IS NOT NULL AS is_visit_known, v.device, v.source, v.medium, v.campaign,
      m.seen, m.used, is_customer_known
    FROM placed LEFT JOIN through t USING (order_id) LEFT JOIN given g USING (order_id)
      LEFT JOIN visited v USING (order_id) LEFT JOIN touched m USING (order_id)
  )
  UPDATE order_sales s SET (channel, presentment_currency, is_through, is_through_kept, through_minor,
    through_refunded_minor, offer_discount_minor, is_visit_known, device, source, medium, campaign, seen_seconds,
    used_seconds, is_customer_known) = (k.channel, k.presentment_currency, k.is_through, k.is_through_kept, k.net, k.refunded,
    k.given, k.is_visit_known, k.device, k.source, k.medium, k.campaign, k.seen, k.used, k.is_customer_known)
  FROM known k
  WHERE s.shop = of_shop AND s.order_id = k.order_id AND s.order_id = ANY (ids)
    AND (s.channel, s.presentment_currency, s.is_through, s.is_through_kept, s.through_minor, s.through_refunded_minor,
      s.offer_discount_minor, s.is_visit_known, s.device, s.source, s.medium, s.campaign, s.seen_seconds, s.used_seconds,
      s.is_customer_known)
    IS DISTINCT FROM (k.channel, k.presentment_currency, k.is_through, k.is_through_kept, k.net, k.refunded, k.given,
      k.is_visit_known, k.device, k.source, k.medium, k.campaign, k.seen, k.used, k.is_customer_known);
  -- What a visitor of the holdout spent is added up from their rows alone.
  UPDATE holdout_orders h SET (at, currency, net_minor) = (k.at, k.currency, k.net_minor)
  FROM unnest(ids) AS id LEFT JOIN order_sales k ON k.shop = of_shop AND k.order_id = id AND k.order_id = ANY (ids)
  WHERE h.shop = of_shop AND h.order_id = id AND h.order_id = ANY (ids)
    AND (h.at, h.currency, h.net_minor) IS DISTINCT FROM (k.at, k.currency, k.net_minor);
  PERFORM note_first_orders(of_shop, ids);
END
$$;

-- Without this the owner of the tables would see no row. What an older release changes meanwhile is found the next night.
ALTER TABLE "orders" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "holdout_orders" NO FORCE ROW LEVEL SECURITY;
INSERT INTO first_orders (shop, customer_key, order_id, at)
SELECT DISTINCT ON (shop, customer_key) shop, customer_key, order_id, processed_at FROM orders
WHERE customer_key IS NOT NULL AND NOT test ORDER BY shop, customer_key, processed_at, order_id;
UPDATE order_sales s SET is_customer_known = true FROM orders o
WHERE o.shop = s.shop AND o.order_id = s.order_id AND o.customer_key IS NOT NULL;
UPDATE holdout_orders h SET (at, currency, net_minor) = (s.at, s.currency, s.net_minor) FROM order_sales s
WHERE s.shop = h.shop AND s.order_id = h.order_id;
ALTER TABLE "orders" FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" FORCE ROW LEVEL SECURITY;
ALTER TABLE "holdout_orders" FORCE ROW LEVEL SECURITY;

-- These hold what figures of a period add up, so that no rows are read.
CREATE INDEX "holdout_orders_shop_at_idx" ON "holdout_orders"("shop", "at") INCLUDE ("arm", "unit", "currency", "net_minor");
DROP INDEX "order_sales_shop_at_idx";
CREATE INDEX "order_sales_shop_at_idx" ON "order_sales"("shop", "at") INCLUDE ("order_id", "currency", "sold_minor",
    "through_minor", "is_through", "is_kept", "is_visit_known", "seen_seconds", "used_seconds");
DROP INDEX "order_touches_shop_at_idx";
CREATE INDEX "order_touches_shop_at_idx" ON "order_touches"("shop", "at") INCLUDE ("order_id", "offer_key", "surface", "kind",
    "seconds_before");

ALTER TABLE "first_orders" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "first_orders" FORCE ROW LEVEL SECURITY;
CREATE POLICY first_orders_of_one_shop ON "first_orders" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "first_orders" TO tsuide_tenant;
