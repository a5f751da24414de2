-- What each of the latest customers' own orders add to what is published for everybody, by pseudonym. Shopify tells who
-- somebody is by their order; no customer's id is kept. `revision` counts changes, `asked_revision` is the one that
-- Shopify was last asked about; `digest` is of what Shopify holds, and null where it holds nothing.
CREATE TABLE "customer_suggestions" (
    "shop" TEXT NOT NULL,
    "customer_key" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "adds" JSONB NOT NULL,
    "owned" JSONB NOT NULL,
    "rank" TEXT,
    "listed" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "asked_revision" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3),
    "digest" TEXT,

    CONSTRAINT "customer_suggestions_pkey" PRIMARY KEY ("shop","customer_key")
);

ALTER TABLE "customer_suggestions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "customer_suggestions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "customer_suggestions_of_one_shop" ON "customer_suggestions"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "customer_suggestions" TO tsuide_tenant;
