-- How a shop's shoppers are split: the salt never changes. The share that is held out, and since when it has been so.
CREATE TABLE "splits" (
    "shop" TEXT NOT NULL,
    "salt" TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    "holdout_percent" INTEGER NOT NULL,
    "holdout_since" TIMESTAMPTZ(3),
    "measured_at" TIMESTAMPTZ(3),
    "measured" JSONB,

    CONSTRAINT "splits_pkey" PRIMARY KEY ("shop")
);

-- Experiments of staff. "number" is never used again within a shop.
CREATE TABLE "experiments" (
    "shop" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "content" JSONB NOT NULL,
    "layer" TEXT,
    "range_from" INTEGER,
    "range_to" INTEGER,
    "plan" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "interruption" JSONB,
    "verdict" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "measured_at" TIMESTAMPTZ(3),
    "measuring" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("shop","number")
);

-- What an experiment showed at the looks of its days.
CREATE TABLE "experiment_days" (
    "shop" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reading" JSONB NOT NULL,

    CONSTRAINT "experiment_days_pkey" PRIMARY KEY ("shop","number","day")
);

-- Visitors of the holdout's arms by the day (UTC) on which they first came, and the orders that they made since.
CREATE TABLE "holdout_units" (
    "shop" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "arm" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,

    CONSTRAINT "holdout_units_pkey" PRIMARY KEY ("shop","day","arm")
);
CREATE TABLE "holdout_orders" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "unit" TEXT NOT NULL,
    "arm" INTEGER NOT NULL,
    "exposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holdout_orders_pkey" PRIMARY KEY ("shop","order_id")
);

DO $$
DECLARE name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['splits', 'experiments', 'experiment_days', 'holdout_units', 'holdout_orders'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
            WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
    END LOOP;
END $$;
