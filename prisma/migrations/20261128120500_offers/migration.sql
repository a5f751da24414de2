-- Offers as rows: what a shop offers, on which terms, when and where. `number` names an offer within its shop and is never
-- used again. `before` is what the row said before the latest change, so that the change can be undone.
CREATE TABLE "offers" (
    "shop" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "schedule" JSONB,
    "conditions" JSONB NOT NULL,
    "reward" JSONB,
    "config" JSONB NOT NULL,
    "config_version" INTEGER NOT NULL,
    "surfaces" TEXT[],
    "copy" JSONB NOT NULL,
    "combines_with" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "before" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offers_pkey" PRIMARY KEY ("shop","number")
);

-- What of each offer is published where: one row for each metafield that carries an entry of the offer. `published` holds
-- each metafield as a whole, as Shopify holds it; what it holds stays.
CREATE TABLE "offer_entries" (
    "shop" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "offer_entries_pkey" PRIMARY KEY ("shop","owner_id","key","offer_number")
);
CREATE INDEX "offer_entries_shop_offer_number_idx" ON "offer_entries"("shop", "offer_number");

ALTER TABLE "offers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offers_of_one_shop" ON "offers"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "offers" TO tsuide_tenant;

ALTER TABLE "offer_entries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offer_entries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offer_entries_of_one_shop" ON "offer_entries"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "offer_entries" TO tsuide_tenant;
