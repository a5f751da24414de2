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
