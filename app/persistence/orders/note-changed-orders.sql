-- Notes that some orders of one shop have changed. Called in a transaction of that shop, or by `receive_webhooks`.
CREATE OR REPLACE FUNCTION note_changed_orders(of_shop TEXT, order_ids BIGINT[])
RETURNS VOID LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.changed_orders (shop, order_id, due_at)
  SELECT of_shop, id, now() FROM (SELECT DISTINCT unnest(order_ids) AS id ORDER BY 1) AS ordered
  ON CONFLICT (shop, order_id) DO UPDATE
  SET change = nextval('public.changed_orders_change_seq'), due_at = EXCLUDED.due_at, attempts = 0
$$;
