-- Which two products were found to be bought together, each once: under the lower id, the higher ones.
CREATE TABLE "noted_suggestions" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "companions" BIGINT[] NOT NULL,

    CONSTRAINT "noted_suggestions_pkey" PRIMARY KEY ("shop","product_id")
);
ALTER TABLE "noted_suggestions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "noted_suggestions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "noted_suggestions_of_one_shop" ON "noted_suggestions" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "noted_suggestions" TO tsuide_tenant;

-- When suggestions were noted for the first time: those of then were not announced.
ALTER TABLE "shops" ADD COLUMN "suggestions_noted_at" TIMESTAMPTZ(3);

-- For which purchase of which product a customer was last announced to be due.
CREATE TABLE "announced_dues" (
    "shop" TEXT NOT NULL,
    "customer_key" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "announced_dues_pkey" PRIMARY KEY ("shop","customer_key","product_id")
);
ALTER TABLE "announced_dues" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "announced_dues" FORCE ROW LEVEL SECURITY;
CREATE POLICY "announced_dues_of_one_shop" ON "announced_dues" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "announced_dues" TO tsuide_tenant;

-- The order whose customer a trigger is about: Shopify tells by it who they are when the trigger is sent.
ALTER TABLE "flow_triggers" ADD COLUMN "order_id" BIGINT;
