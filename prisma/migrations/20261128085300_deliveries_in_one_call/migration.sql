-- When Shopify last answered for the shop with the token that we hold: an uninstall from before then is out of date.
ALTER TABLE "shops" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);

-- Orders that have changed at Shopify and are to be read again. `change` tells a later change of the same order from
-- the one that was read, so that a change that comes during the reading is not lost.
CREATE TABLE "changed_orders" (
  "shop" TEXT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "change" BIGSERIAL NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "changed_orders_pkey" PRIMARY KEY ("shop", "order_id")
);
CREATE INDEX "changed_orders_shop_due_at_idx" ON "changed_orders" ("shop", "due_at");
ALTER TABLE "changed_orders" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "changed_orders" FORCE ROW LEVEL SECURITY;
CREATE POLICY "changed_orders_of_one_shop" ON "changed_orders" USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "changed_orders" TO tsuide_tenant;
GRANT USAGE ON SEQUENCE "changed_orders_change_seq" TO tsuide_tenant;

-- Orders are read again by one job per shop now: those that wait in jobs of their own are taken over. A new database has
-- no queue yet.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO "changed_orders" ("shop", "order_id", "due_at")
  SELECT DISTINCT payload->>'shop', substring(payload->>'orderId' FROM '[0-9]+$')::bigint, now()
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE t.identifier = 'sync-order' AND payload->>'orderId' ~ '[0-9]+$';
  PERFORM graphile_worker.add_job('sync-orders', json_build_object('shop', shop), queue_name => shop || '/orders',
    job_key => 'sync-orders:' || shop, max_attempts => 12) FROM (SELECT DISTINCT shop FROM "changed_orders") AS waiting;
  DELETE FROM graphile_worker._private_jobs WHERE task_id IN (
    SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'sync-order');
END
$$;

-- Notes that some orders of one shop have changed. Called in a transaction of that shop, or by `receive_webhooks`.
CREATE FUNCTION note_changed_orders(of_shop TEXT, order_ids BIGINT[])
RETURNS VOID LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.changed_orders (shop, order_id, due_at)
  SELECT of_shop, id, now() FROM (SELECT DISTINCT unnest(order_ids) AS id ORDER BY 1) AS ordered
  ON CONFLICT (shop, order_id) DO UPDATE
  SET change = nextval('public.changed_orders_change_seq'), due_at = EXCLUDED.due_at, attempts = 0
$$;

-- Stores verified deliveries with the work that each causes, in one call: all of them, or where it fails none. Gives the
-- outcome of each by its place: "stored", "repeated" (it came before) or "not-needed" (the shop has left).
--
-- Deliveries are of several shops: each is stored as its own shop, by the same policies as everything else. Locks are
-- taken in the order of shops and orders, so that two calls never wait for each other.
CREATE FUNCTION receive_webhooks(deliveries JSONB, received_at TIMESTAMPTZ)
RETURNS TABLE (place INT, outcome TEXT) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  delivery RECORD;
  keys TEXT[] := '{}';
BEGIN
  FOR delivery IN
    SELECT d.* FROM jsonb_to_recordset(deliveries) AS d(
      place INT, shop TEXT, webhook_id TEXT, topic TEXT, event_id TEXT, triggered_at TIMESTAMPTZ,
      after_uninstall BOOLEAN, order_id BIGINT,
      task TEXT, payload JSONB, job_key TEXT, job_key_mode TEXT, delay_seconds FLOAT8, queue TEXT)
    ORDER BY d.shop, d.order_id, d.job_key, d.place
  LOOP
    place := delivery.place;
    PERFORM set_config('tsuide.shop', delivery.shop, true);
    -- The row is held so that the shop stays; where it is being deleted, this does not wait for that.
    PERFORM 1 FROM public.shops WHERE domain = delivery.shop FOR KEY SHARE SKIP LOCKED;
    IF FOUND THEN
      INSERT INTO public.webhook_deliveries (shop, webhook_id, topic, event_id, triggered_at, received_at)
      VALUES (delivery.shop, delivery.webhook_id, delivery.topic, delivery.event_id, delivery.triggered_at, received_at)
      ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        outcome := 'repeated';
        RETURN NEXT;
        CONTINUE;
      END IF;
    ELSIF NOT delivery.after_uninstall THEN
      outcome := 'not-needed';
      RETURN NEXT;
      CONTINUE;
    END IF;
    IF delivery.order_id IS NOT NULL THEN
      PERFORM public.note_changed_orders(delivery.shop, ARRAY[delivery.order_id]);
    END IF;
    IF delivery.task IS NOT NULL AND (delivery.job_key IS NULL OR NOT delivery.job_key = ANY(keys)) THEN
      PERFORM public.enqueue_job(
        delivery.task, delivery.payload, delivery.job_key, delivery.job_key_mode, delivery.delay_seconds, delivery.queue);
      keys := keys || delivery.job_key;
    END IF;
    outcome := 'stored';
    RETURN NEXT;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION receive_webhooks(JSONB, TIMESTAMPTZ) FROM PUBLIC;
