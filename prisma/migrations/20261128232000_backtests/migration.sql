-- Offers, saved or not, that staff try on past orders: what is tried, how far it is, and what came out.
CREATE TABLE "backtests" (
    "shop" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "offer_type" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "orders_done" INTEGER NOT NULL DEFAULT 0,
    "orders_total" INTEGER,
    "outcome" JSONB,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backtests_pkey" PRIMARY KEY ("shop","digest")
);
ALTER TABLE "backtests" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "backtests" FORCE ROW LEVEL SECURITY;
CREATE POLICY "backtests_of_one_shop" ON "backtests" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "backtests" TO tsuide_tenant;
