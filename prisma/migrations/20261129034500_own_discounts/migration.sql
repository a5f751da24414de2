-- What our own discounts took off each line, and the names by which orders know them.
ALTER TABLE "order_lines" ADD COLUMN "automatic_discounts" JSONB;

CREATE TABLE "offer_discounts" (
    "shop" TEXT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "offer_key" TEXT,
    "surface" TEXT,
    "product_id" BIGINT,
    "minor" BIGINT NOT NULL,
    "kept_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "offer_discounts_pkey" PRIMARY KEY ("shop","line_id","kind")
);
CREATE INDEX "offer_discounts_shop_order_id_idx" ON "offer_discounts"("shop", "order_id");
CREATE INDEX "offer_discounts_shop_at_idx" ON "offer_discounts"("shop", "at");

CREATE TABLE "discount_names" (
    "shop" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "discount_names_pkey" PRIMARY KEY ("shop","name","kind")
);

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['offer_discounts', 'discount_names'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;
