-- Learning reads a snapshot and stores its lists later: which transaction counted a product says whether the counts
-- in hand are still those.
ALTER TABLE "associations" ADD COLUMN "counted_in" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);

-- When the ranking was chosen and on how many baskets; what the lists were learnt from, and how long that took.
ALTER TABLE "mining_runs"
  ADD COLUMN "chosen_at" TIMESTAMPTZ(3),
  ADD COLUMN "chosen_among" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "chosen_baskets" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "learnt_from" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "learnt_at" TIMESTAMPTZ(3),
  ADD COLUMN "learnt_in_ms" INTEGER NOT NULL DEFAULT 0;

-- As before, with the queue that the job waits in: jobs of one shop's queue run one after the other, those of several
-- side by side. Without one it is the shop's own.
DROP FUNCTION enqueue_job(TEXT, JSONB, TEXT, TEXT, DOUBLE PRECISION);
CREATE FUNCTION enqueue_job(
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
REVOKE ALL ON FUNCTION enqueue_job(TEXT, JSONB, TEXT, TEXT, DOUBLE PRECISION, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job(TEXT, JSONB, TEXT, TEXT, DOUBLE PRECISION, TEXT) TO tsuide_tenant;
