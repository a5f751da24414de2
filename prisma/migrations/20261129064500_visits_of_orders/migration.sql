-- When visits of orders were last gathered.
ALTER TABLE "shops" ADD COLUMN "visits_gathered_at" TIMESTAMPTZ(3);

-- Orders whose visitor is known: a browser named the order when it completed it.
CREATE TABLE "order_visits" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_visits_pkey" PRIMARY KEY ("shop","order_id")
);
CREATE INDEX "order_visits_shop_at_idx" ON "order_visits"("shop", "at");

-- What these visitors did with offers before the order, the last time of each offer, surface and kind.
CREATE TABLE "order_touches" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "offer_key" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seconds_before" INTEGER NOT NULL,

    CONSTRAINT "order_touches_pkey" PRIMARY KEY ("shop","order_id","offer_key","surface","kind")
);
CREATE INDEX "order_touches_shop_at_idx" ON "order_touches"("shop", "at");

DO $$
DECLARE name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['order_visits', 'order_touches'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
            WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
    END LOOP;
END $$;
