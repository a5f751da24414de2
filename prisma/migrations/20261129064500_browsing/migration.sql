-- What shoppers' browsing says about products, by day: counts that outlive the single events and name no visitor.
CREATE TABLE "browsing_days" (
    "shop" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "visits" INTEGER NOT NULL,
    "visitors" INTEGER NOT NULL,
    "left_out" INTEGER NOT NULL,
    "buyers" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "browsing_days_pkey" PRIMARY KEY ("shop","day")
);

CREATE TABLE "browsing_products" (
    "shop" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "product_id" BIGINT NOT NULL,
    "viewers" INTEGER NOT NULL,
    "pairs" INTEGER NOT NULL,
    "buyers" INTEGER NOT NULL,
    "bought_after" INTEGER NOT NULL,
    "bought_as" INTEGER NOT NULL,
    "companions" BIGINT[],
    "viewed" INTEGER[],
    "then_bought" INTEGER[],

    CONSTRAINT "browsing_products_pkey" PRIMARY KEY ("shop","day","product_id")
);

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['browsing_days', 'browsing_products'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;
