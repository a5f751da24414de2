-- What a shop's orders say about its customers. The summary names nobody; the bounded lists beside it hold pseudonyms.
CREATE TABLE "customer_summaries" (
    "shop" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "learnt_at" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "customer_summaries_pkey" PRIMARY KEY ("shop")
);

CREATE TABLE "listed_customers" (
    "shop" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "customer_key" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "listed_customers_pkey" PRIMARY KEY ("shop","list","place")
);

CREATE INDEX "listed_customers_shop_customer_key_idx" ON "listed_customers"("shop", "customer_key");

CREATE TABLE "lifetime_inputs" (
    "shop" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,

    CONSTRAINT "lifetime_inputs_pkey" PRIMARY KEY ("shop")
);

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['customer_summaries', 'listed_customers', 'lifetime_inputs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;
