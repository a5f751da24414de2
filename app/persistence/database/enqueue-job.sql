-- Adds a job of the transaction's shop to the queue, which tenants cannot write to themselves; of no other shop.
CREATE OR REPLACE FUNCTION enqueue_job(
  task TEXT, payload JSONB, job_key TEXT, job_key_mode TEXT, delay_seconds DOUBLE PRECISION, queue TEXT DEFAULT NULL)
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shop TEXT := current_setting('tsuide.shop', true);
BEGIN
  IF coalesce(shop, '') = '' OR payload->>'shop' IS DISTINCT FROM shop THEN
    RAISE EXCEPTION 'A job belongs to the shop of its transaction';
  END IF;
  PERFORM graphile_worker.add_job(
    task, payload => payload::json, queue_name => concat_ws('/', shop, queue), job_key => job_key,
    job_key_mode => coalesce(job_key_mode, 'replace'), max_attempts => 12,
    run_at => CASE WHEN delay_seconds > 0 THEN now() + make_interval(secs => delay_seconds) END);
END
$$;
