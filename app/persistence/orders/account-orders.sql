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
