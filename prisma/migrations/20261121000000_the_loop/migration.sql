
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "access_token" TEXT NOT NULL,
    "user_id" BIGINT,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "account_owner" BOOLEAN,
    "locale" TEXT,
    "collaborator" BOOLEAN,
    "email_verified" BOOLEAN,
    "refresh_token" TEXT,
    "refresh_token_expires" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "shops" (
    "domain" TEXT NOT NULL,
    "shopify_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "currencies" TEXT[],
    "timezone" TEXT NOT NULL,
    "installation_id" TEXT NOT NULL,
    "discount_id" TEXT,
    "discount_active" BOOLEAN NOT NULL DEFAULT false,
    "all_orders" BOOLEAN NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "reconciled_until" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "publish_requested" TIMESTAMPTZ(3),

    CONSTRAINT "shops_pkey" PRIMARY KEY ("domain")
);

CREATE TABLE "settings" (
    "shop" TEXT NOT NULL,
    "set_discount_basis_points" INTEGER NOT NULL,
    "set_size" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "goal_enabled" BOOLEAN NOT NULL,
    "goal_amounts" JSONB NOT NULL,
    "shipping_thresholds" JSONB NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("shop")
);

CREATE TABLE "webhook_deliveries" (
    "shop" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "event_id" TEXT,
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("shop","webhook_id")
);

CREATE TABLE "import_runs" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "status" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "bulk_operation_id" TEXT,
    "bulk_created_at" TIMESTAMPTZ(3),
    "byte_offset" BIGINT NOT NULL DEFAULT 0,
    "products_stored" INTEGER NOT NULL DEFAULT 0,
    "orders_stored" INTEGER NOT NULL DEFAULT 0,
    "orders_total" INTEGER,
    "lines_stored" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "error_code" TEXT,

    CONSTRAINT "import_runs_pkey" PRIMARY KEY ("shop","id")
);

CREATE TABLE "products" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "product_type" TEXT NOT NULL,
    "tags" TEXT[],
    "status" TEXT NOT NULL,
    "is_gift_card" BOOLEAN NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "image_url" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "products_pkey" PRIMARY KEY ("shop","product_id")
);

CREATE TABLE "variants" (
    "shop" TEXT NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "price_minor" BIGINT NOT NULL,
    "compare_at_minor" BIGINT,
    "cost_minor" BIGINT,
    "available" BOOLEAN NOT NULL,
    "version" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "variants_pkey" PRIMARY KEY ("shop","variant_id")
);

CREATE TABLE "orders" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "test" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "presentment_currency" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "channel_source" TEXT,
    "customer_key" TEXT,
    "net_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop","order_id")
);

CREATE TABLE "collection_members" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "collection_id" BIGINT NOT NULL,

    CONSTRAINT "collection_members_pkey" PRIMARY KEY ("shop","product_id","collection_id")
);

CREATE TABLE "order_lines" (
    "shop" TEXT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "current_quantity" INTEGER NOT NULL,
    "is_gift_card" BOOLEAN NOT NULL,
    "requires_shipping" BOOLEAN,
    "unit_price_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "group_id" TEXT,
    "offer" TEXT,
    "version" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("shop","line_id")
);

CREATE TABLE "refund_lines" (
    "shop" TEXT NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "subtotal_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refund_lines_pkey" PRIMARY KEY ("shop","refund_id","line_id")
);

CREATE TABLE "baskets" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "customer_key" TEXT,
    "channel" TEXT NOT NULL,
    "products" BIGINT[],

    CONSTRAINT "baskets_pkey" PRIMARY KEY ("shop","order_id")
);

CREATE TABLE "associations" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "baskets" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "companions" BIGINT[],
    "together" INTEGER[],
    "first_together" BIGINT[],
    "last_together" BIGINT[],

    CONSTRAINT "associations_pkey" PRIMARY KEY ("shop","product_id")
);

CREATE TABLE "companion_lists" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "ranker" TEXT NOT NULL,
    "companions" BIGINT[],
    "weights" DOUBLE PRECISION[],

    CONSTRAINT "companion_lists_pkey" PRIMARY KEY ("shop","product_id")
);

CREATE TABLE "mining_runs" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "orders" INTEGER NOT NULL DEFAULT 0,
    "baskets" INTEGER NOT NULL DEFAULT 0,
    "products" INTEGER NOT NULL DEFAULT 0,
    "pairs" INTEGER NOT NULL DEFAULT 0,
    "ranker" TEXT,
    "limits" JSONB NOT NULL,
    "scores" JSONB,
    "left_out" JSONB NOT NULL,

    CONSTRAINT "mining_runs_pkey" PRIMARY KEY ("shop","id")
);

CREATE TABLE "choices" (
    "shop" TEXT NOT NULL,
    "trigger_id" BIGINT NOT NULL,
    "companion_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "chosen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "choices_pkey" PRIMARY KEY ("shop","trigger_id","companion_id")
);

CREATE TABLE "published" (
    "shop" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "published_pkey" PRIMARY KEY ("shop","owner_id","namespace","key")
);

CREATE TABLE "attributions" (
    "shop" TEXT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "order_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "offer_id" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "product_id" BIGINT,
    "title" TEXT NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "attributions_pkey" PRIMARY KEY ("shop","line_id")
);

CREATE TABLE "redactions" (
    "id" BIGSERIAL NOT NULL,
    "shop_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "redactions_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "sessions_shop_idx" ON "sessions"("shop");

CREATE INDEX "webhook_deliveries_shop_received_at_idx" ON "webhook_deliveries"("shop", "received_at");

CREATE INDEX "variants_shop_product_id_idx" ON "variants"("shop", "product_id");

CREATE INDEX "orders_shop_processed_at_idx" ON "orders"("shop", "processed_at");

CREATE INDEX "orders_shop_customer_key_idx" ON "orders"("shop", "customer_key");

CREATE INDEX "order_lines_shop_order_id_idx" ON "order_lines"("shop", "order_id");

CREATE INDEX "order_lines_shop_product_id_idx" ON "order_lines"("shop", "product_id");

CREATE INDEX "refund_lines_shop_order_id_idx" ON "refund_lines"("shop", "order_id");

CREATE INDEX "attributions_shop_order_id_idx" ON "attributions"("shop", "order_id");

CREATE INDEX "attributions_shop_at_idx" ON "attributions"("shop", "at");


-- Ids of one shop are compared byte by byte: no locale has a say in which row is which.
ALTER TABLE "orders" ALTER COLUMN "shop" TYPE TEXT COLLATE "C";
ALTER TABLE "order_lines" ALTER COLUMN "shop" TYPE TEXT COLLATE "C";

-- Arrays of a mined product are rewritten as a whole: let PostgreSQL keep room beside them.
ALTER TABLE "associations" SET (fillfactor = 70);

-- Every query about a shop runs as this role, which sees only the rows of the shop that the transaction names.
DO $$
BEGIN
  CREATE ROLE tsuide_tenant NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- Roles belong to the server, not to the database: another database made it.
END
$$;
GRANT tsuide_tenant TO CURRENT_USER;
GRANT USAGE ON SCHEMA "public" TO tsuide_tenant;

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'settings', 'webhook_deliveries', 'import_runs', 'products', 'variants', 'collection_members', 'orders', 'order_lines', 'refund_lines',
    'baskets', 'associations', 'companion_lists', 'mining_runs', 'choices', 'published', 'attributions'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;

ALTER TABLE "shops" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "shops" FORCE ROW LEVEL SECURITY;
CREATE POLICY "shops_of_one_shop" ON "shops" USING (domain = current_setting('tsuide.shop', true))
  WITH CHECK (domain = current_setting('tsuide.shop', true));
-- Schedules need the list of shops, and nothing else of them all.
CREATE POLICY "shops_listed" ON "shops" FOR SELECT USING (current_setting('tsuide.every_shop', true) = 'on');
GRANT SELECT, INSERT, UPDATE, DELETE ON "shops" TO tsuide_tenant;
GRANT USAGE ON SEQUENCE "import_runs_id_seq", "mining_runs_id_seq" TO tsuide_tenant;

-- Adds a job in the transaction that stores what it is about. The tenant's role cannot reach the queue itself, and
-- a job can only be about the shop of the transaction.
CREATE FUNCTION enqueue_job(task TEXT, payload JSONB, job_key TEXT, job_key_mode TEXT, delay_seconds DOUBLE PRECISION)
RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shop TEXT := current_setting('tsuide.shop', true);
BEGIN
  IF coalesce(shop, '') = '' OR payload->>'shop' IS DISTINCT FROM shop THEN
    RAISE EXCEPTION 'A job belongs to the shop of its transaction';
  END IF;
  PERFORM graphile_worker.add_job(
    task, payload => payload::json, queue_name => shop, job_key => job_key,
    job_key_mode => coalesce(job_key_mode, 'replace'), max_attempts => 12,
    run_at => CASE WHEN delay_seconds > 0 THEN now() + make_interval(secs => delay_seconds) END);
END
$$;
REVOKE ALL ON FUNCTION enqueue_job(TEXT, JSONB, TEXT, TEXT, DOUBLE PRECISION) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job(TEXT, JSONB, TEXT, TEXT, DOUBLE PRECISION) TO tsuide_tenant;
