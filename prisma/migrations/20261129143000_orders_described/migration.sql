-- What figures are split by stands with what an order holds: a breakdown of a year read six tables, order by order.
ALTER TABLE "order_sales" ADD "channel" TEXT, ADD "presentment_currency" TEXT,
    ADD "is_through" BOOLEAN NOT NULL DEFAULT false, ADD "is_through_kept" BOOLEAN NOT NULL DEFAULT false,
    ADD "through_minor" BIGINT NOT NULL DEFAULT 0, ADD "through_refunded_minor" BIGINT NOT NULL DEFAULT 0,
    ADD "offer_discount_minor" BIGINT NOT NULL DEFAULT 0, ADD "is_visit_known" BOOLEAN NOT NULL DEFAULT false,
    ADD "device" TEXT, ADD "source" TEXT, ADD "medium" TEXT, ADD "campaign" TEXT,
    ADD "seen_seconds" INTEGER, ADD "used_seconds" INTEGER;

-- Stores beside what some orders of a shop hold what else figures are split by: where they were placed, what of them came
-- through offers and what our discounts took off, and what is known of their visitors. Whoever has changed any of these calls it
-- in the same transaction; `account_orders` does for orders themselves. Rows that stay as they were are not written.
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
    SELECT order_id, channel, presentment_currency FROM orders WHERE shop = of_shop AND order_id = ANY (ids)
  ), known AS (
    SELECT order_id, channel, presentment_currency, t.order_id IS NOT NULL AS is_through,
      coalesce(t.is_kept, false) AS is_through_kept, coalesce(t.net, 0) AS net, coalesce(t.refunded, 0) AS refunded,
      coalesce(g.minor, 0) AS given, v.order_id IS NOT NULL AS is_visit_known, v.device, v.source, v.medium, v.campaign,
      m.seen, m.used
    FROM placed LEFT JOIN through t USING (order_id) LEFT JOIN given g USING (order_id)
      LEFT JOIN visited v USING (order_id) LEFT JOIN touched m USING (order_id)
  )
  UPDATE order_sales s SET (channel, presentment_currency, is_through, is_through_kept, through_minor,
    through_refunded_minor, offer_discount_minor, is_visit_known, device, source, medium, campaign, seen_seconds,
    used_seconds) = (k.channel, k.presentment_currency, k.is_through, k.is_through_kept, k.net, k.refunded, k.given,
    k.is_visit_known, k.device, k.source, k.medium, k.campaign, k.seen, k.used)
  FROM known k
  WHERE s.shop = of_shop AND s.order_id = k.order_id AND s.order_id = ANY (ids)
    AND (s.channel, s.presentment_currency, s.is_through, s.is_through_kept, s.through_minor, s.through_refunded_minor,
      s.offer_discount_minor, s.is_visit_known, s.device, s.source, s.medium, s.campaign, s.seen_seconds, s.used_seconds)
    IS DISTINCT FROM (k.channel, k.presentment_currency, k.is_through, k.is_through_kept, k.net, k.refunded, k.given,
      k.is_visit_known, k.device, k.source, k.medium, k.campaign, k.seen, k.used);
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
    SELECT order_id, processed_at AS at, currency, net_minor, coalesce(taxes_included, false) AS taxes_included
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
    SELECT DISTINCT order_id FROM order_lines
    WHERE shop = of_shop AND order_id = ANY (ids) AND automatic_discounts IS NULL AND discount_minor > 0
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

-- Without this the owner of the tables would see no row.
ALTER TABLE "orders" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "attributions" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "offer_discounts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_visits" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_touches" NO FORCE ROW LEVEL SECURITY;

-- Orders that are stored already, some thousands at a time. What an older release changes meanwhile is found the next night.
DO $$
DECLARE
  part RECORD;
BEGIN
  FOR part IN
    SELECT shop, array_agg(order_id) AS ids FROM (
      SELECT shop, order_id, row_number() OVER (PARTITION BY shop ORDER BY order_id) / 5000 AS place FROM order_sales
    ) numbered GROUP BY shop, place
  LOOP
    PERFORM describe_orders(part.shop, part.ids);
  END LOOP;
END
$$;

ALTER TABLE "orders" FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_sales" FORCE ROW LEVEL SECURITY;
ALTER TABLE "attributions" FORCE ROW LEVEL SECURITY;
ALTER TABLE "offer_discounts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_visits" FORCE ROW LEVEL SECURITY;
ALTER TABLE "order_touches" FORCE ROW LEVEL SECURITY;
