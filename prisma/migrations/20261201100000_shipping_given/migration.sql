-- What our own discounts took off shipping: it is no line's, and was in no figure.
ALTER TABLE "orders" ADD COLUMN "shipping_discounts" JSONB;

CREATE TABLE "offer_shipping" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "offer_key" TEXT,
    "minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "offer_shipping_pkey" PRIMARY KEY ("shop","order_id","kind")
);
CREATE INDEX "offer_shipping_shop_at_idx" ON "offer_shipping"("shop", "at");
ALTER TABLE "offer_shipping" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offer_shipping" FORCE ROW LEVEL SECURITY;
CREATE POLICY offer_shipping_of_one_shop ON "offer_shipping" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "offer_shipping" TO tsuide_tenant;

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
    SELECT order_id, sum(minor)::bigint AS minor FROM (
      SELECT order_id, kept_minor AS minor FROM offer_discounts WHERE shop = of_shop AND order_id = ANY (ids)
      UNION ALL SELECT order_id, minor FROM offer_shipping WHERE shop = of_shop AND order_id = ANY (ids)
    ) either GROUP BY order_id
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
  UPDATE holdout_orders h SET (at, currency, net_minor) = (k.at, k.currency, k.sold_minor)
  FROM unnest(ids) AS id LEFT JOIN order_sales k ON k.shop = of_shop AND k.order_id = id AND k.order_id = ANY (ids)
  WHERE h.shop = of_shop AND h.order_id = id AND h.order_id = ANY (ids)
    AND (h.at, h.currency, h.net_minor) IS DISTINCT FROM (k.at, k.currency, k.sold_minor);
  PERFORM note_first_orders(of_shop, ids);
END
$$;

-- Stores what some orders of a shop still hold (nothing of orders that are cancelled, tests or gone), and adds what that
-- changes to the shop's totals. Whoever has changed orders or their lines calls it in the same transaction.
--
-- The kept units of a line are worth what `orderAccount` (domain/orders/order-account.ts) leaves of it. Refunds that name
-- no line are off the order's `net_minor`: goods, gift cards and taxes bear them in proportion. Amounts are numeric on the
-- way, so that an order of impossible amounts can be stored like any other. Of the parts that are joined here PostgreSQL
-- expects a row or two: it would work out one again for each row of another.
CREATE OR REPLACE FUNCTION account_orders(of_shop TEXT, ids BIGINT[])
RETURNS VOID LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
  -- The next statement then sees what others who changed these orders have stored.
  PERFORM 1 FROM orders WHERE shop = of_shop AND order_id = ANY (ids)
  ORDER BY order_id::text COLLATE "C" FOR NO KEY UPDATE;
  WITH placed AS (
    -- Shipping can be of our giving only since the shop has had an offer that gives it: see `shippingGiven`.
    SELECT order_id, processed_at AS at, currency, net_minor, coalesce(taxes_included, false) AS taxes_included,
      shipping_discounts IS NULL AND processed_at >= (
        SELECT min(created_at) FROM offers WHERE shop = of_shop AND type IN ('goal', 'bought-together')
      ) AS is_shipping_unread
    FROM orders WHERE shop = of_shop AND order_id = ANY (ids) AND NOT test AND cancelled_at IS NULL
  ), line AS (
    SELECT order_id, is_gift_card, quantity::numeric AS ordered,
      least(greatest(current_quantity, 0), quantity)::numeric AS kept,
      greatest(unit_price_minor::numeric * quantity - discount_minor, 0) AS minor,
      greatest(coalesce(tax_minor, 0), 0)::numeric AS tax
    FROM order_lines WHERE shop = of_shop AND order_id = ANY (ids) AND quantity > 0
  ), left_of AS (
    SELECT order_id, is_gift_card, kept, minor - div(2 * minor * (ordered - kept) + ordered, 2 * ordered) AS minor,
      tax - div(2 * tax * (ordered - kept) + ordered, 2 * ordered) AS tax
    FROM line
  ), held AS (
    SELECT order_id, sum(kept) AS kept, coalesce(sum(kept) FILTER (WHERE NOT is_gift_card), 0) AS units,
      coalesce(sum(minor) FILTER (WHERE is_gift_card), 0) AS gift_cards,
      coalesce(sum(minor) FILTER (WHERE NOT is_gift_card), 0) AS goods,
      coalesce(sum(tax) FILTER (WHERE NOT is_gift_card AND minor > 0), 0) AS tax
    FROM left_of GROUP BY order_id
  ), unread AS (
    SELECT DISTINCT order_id FROM order_lines JOIN placed USING (order_id)
    WHERE shop = of_shop AND order_id = ANY (ids) AND (
      automatic_discounts IS NULL AND discount_minor > 0 OR is_shipping_unread AND requires_shipping IS NOT FALSE)
  ), priced AS (
    SELECT p.*, coalesce(kept, 0) > 0 AS is_kept, coalesce(units, 0) AS units, coalesce(goods, 0) AS goods,
      coalesce(tax, 0) AS tax, u.order_id IS NOT NULL AS discounts_unknown,
      CASE WHEN coalesce(gift_cards, 0) = 0 THEN greatest(net_minor, 0)
        ELSE round(greatest(net_minor, 0) * goods / (goods + gift_cards)) END AS goods_minor
    FROM placed p LEFT JOIN held USING (order_id) LEFT JOIN unread u USING (order_id)
  ), held_now AS (
    SELECT order_id, at, currency, is_kept, units::bigint AS units, net_minor, discounts_unknown,
      (goods_minor - CASE WHEN taxes_included AND goods > 0 THEN round(tax * least(goods_minor, goods) / goods)
        ELSE 0 END)::bigint AS sold_minor
    FROM priced
  ), held_before AS (
    SELECT * FROM order_sales WHERE shop = of_shop AND order_id = ANY (ids)
  ), deleted AS (
    DELETE FROM order_sales WHERE shop = of_shop AND order_id = ANY (ids) AND order_id NOT IN (SELECT order_id FROM held_now)
  ), stored AS (
    INSERT INTO order_sales AS s (shop, order_id, at, currency, is_kept, units, net_minor, sold_minor, discounts_unknown)
    SELECT of_shop, order_id, at, currency, is_kept, units, net_minor, sold_minor, discounts_unknown FROM held_now
    ON CONFLICT (shop, order_id) DO UPDATE SET (at, currency, is_kept, units, net_minor, sold_minor, discounts_unknown) =
      (EXCLUDED.at, EXCLUDED.currency, EXCLUDED.is_kept, EXCLUDED.units, EXCLUDED.net_minor, EXCLUDED.sold_minor,
      EXCLUDED.discounts_unknown)
    WHERE (s.at, s.currency, s.is_kept, s.units, s.net_minor, s.sold_minor, s.discounts_unknown) IS DISTINCT FROM
      (EXCLUDED.at, EXCLUDED.currency, EXCLUDED.is_kept, EXCLUDED.units, EXCLUDED.net_minor, EXCLUDED.sold_minor,
      EXCLUDED.discounts_unknown)
  ), change AS (
    SELECT 1 AS times, at, currency, is_kept, units, net_minor, sold_minor, discounts_unknown FROM held_now
    UNION ALL
    SELECT -1, at, currency, is_kept, units, net_minor, sold_minor, discounts_unknown FROM held_before
  ), summed AS (
    -- Every day of every timezone begins on a quarter of an hour.
    SELECT date_bin('15 minutes', at, 'epoch') AS quarter, currency, sum(times) AS orders,
      sum(times * is_kept::int) AS kept_orders, sum(times * units) AS units, sum(times * net_minor) AS net_minor,
      sum(times * sold_minor) AS sold_minor, sum(times * discounts_unknown::int) AS unknown_orders
    FROM change GROUP BY 1, 2
  )
  INSERT INTO sales_totals (shop, at, currency, orders, kept_orders, units, net_minor, sold_minor, unknown_orders)
  SELECT of_shop, quarter, currency, orders, kept_orders, units, net_minor, sold_minor, unknown_orders FROM summed
  WHERE (orders, kept_orders, units, net_minor, sold_minor, unknown_orders) <> (0, 0, 0, 0, 0, 0);
  PERFORM describe_orders(of_shop, ids);
END
$$;

-- Orders that are stored already are read again at night, as those are of which the discounts on lines are not known; until
-- then figures say so. Without this the owner of the tables would see no row.
ALTER TABLE "order_lines" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "offers" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "sales_totals" NO FORCE ROW LEVEL SECURITY;
WITH since AS (
  SELECT shop, min(created_at) AS at FROM offers WHERE type IN ('goal', 'bought-together') GROUP BY shop
), unread AS (
  UPDATE order_sales s SET discounts_unknown = true FROM since
  WHERE since.shop = s.shop AND s.at >= since.at AND NOT s.discounts_unknown AND EXISTS (
    SELECT FROM order_lines l WHERE l.shop = s.shop AND l.order_id = s.order_id AND l.requires_shipping IS NOT FALSE)
  RETURNING s.shop, s.at, s.currency
)
INSERT INTO sales_totals (shop, at, currency, orders, kept_orders, units, net_minor, sold_minor, unknown_orders)
SELECT shop, date_bin('15 minutes', at, 'epoch'), currency, 0, 0, 0, 0, 0, count(*) FROM unread GROUP BY 1, 2, 3;
ALTER TABLE "order_lines" FORCE ROW LEVEL SECURITY;
ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" FORCE ROW LEVEL SECURITY;
ALTER TABLE "sales_totals" FORCE ROW LEVEL SECURITY;
