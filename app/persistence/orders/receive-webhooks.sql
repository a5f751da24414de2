-- Stores deliveries with the jobs that they need, in one call, and says of each what became of it: stored, repeated, or
-- not needed by a shop that has left. Changed orders come first, then jobs: with jobs in between, two calls could wait for
-- each other, one of which held a shop's job and the other an order.
CREATE OR REPLACE FUNCTION receive_webhooks(deliveries JSONB, received_at TIMESTAMPTZ)
RETURNS TABLE (place INT, outcome TEXT) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  delivery RECORD;
  job RECORD;
  jobs JSONB := '[]';
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
    IF delivery.task IS NOT NULL THEN
      jobs := jobs || to_jsonb(delivery);
    END IF;
    outcome := 'stored';
    RETURN NEXT;
  END LOOP;
  -- Of jobs with one key the first is enqueued; keys are locked in their order.
  FOR job IN
    SELECT * FROM (
      SELECT DISTINCT ON (coalesce(j.job_key, 'no key ' || j.place)) j.*
      FROM jsonb_to_recordset(jobs) AS j(
        place INT, shop TEXT, order_id BIGINT,
        task TEXT, payload JSONB, job_key TEXT, job_key_mode TEXT, delay_seconds FLOAT8, queue TEXT)
      ORDER BY coalesce(j.job_key, 'no key ' || j.place), j.shop, j.order_id, j.place) AS once
    ORDER BY once.job_key NULLS LAST, once.shop, once.place
  LOOP
    PERFORM set_config('tsuide.shop', job.shop, true);
    PERFORM public.enqueue_job(job.task, job.payload, job.job_key, job.job_key_mode, job.delay_seconds, job.queue);
  END LOOP;
END
$$;
