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
