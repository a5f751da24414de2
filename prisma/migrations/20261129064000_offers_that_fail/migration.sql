-- Offers that customers dislike or send back: why, and what was done about it.
CREATE TABLE "failing_offers" (
    "shop" TEXT NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "failing" JSONB NOT NULL,
    "paused" BOOLEAN NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "failing_offers_pkey" PRIMARY KEY ("shop","offer_number")
);
ALTER TABLE "failing_offers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "failing_offers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "failing_offers_of_one_shop" ON "failing_offers" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "failing_offers" TO tsuide_tenant;
