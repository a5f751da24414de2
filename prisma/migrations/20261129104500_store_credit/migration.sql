-- What offers promise as store credit, when; what orders earn by it; and each credit and debit that Shopify was asked for.
CREATE TABLE "credit_promises" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "product_id" BIGINT NOT NULL,
    "companions" BIGINT[] NOT NULL,
    "terms" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "credit_promises_pkey" PRIMARY KEY ("shop","id")
);
CREATE INDEX "credit_promises_shop_product_id_idx" ON "credit_promises"("shop", "product_id");

CREATE TABLE "store_credits" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "order_name" TEXT NOT NULL,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "product_id" BIGINT NOT NULL,
    "companions" BIGINT[] NOT NULL,
    "terms" JSONB NOT NULL,
    "set_minor" BIGINT NOT NULL,
    "set_currency" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "credited_minor" BIGINT NOT NULL DEFAULT 0,
    "taken_back_minor" BIGINT NOT NULL DEFAULT 0,
    "worth_minor" BIGINT NOT NULL DEFAULT 0,
    "lost_minor" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "credited_at" TIMESTAMPTZ(3),

    CONSTRAINT "store_credits_pkey" PRIMARY KEY ("shop","order_id","offer_number")
);
CREATE INDEX "store_credits_shop_next_at_idx" ON "store_credits"("shop", "next_at");
CREATE INDEX "store_credits_shop_ordered_at_idx" ON "store_credits"("shop", "ordered_at");
CREATE INDEX "store_credits_shop_offer_number_idx" ON "store_credits"("shop", "offer_number");

CREATE TABLE "credit_moves" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "is_done" BOOLEAN,
    "transaction_id" TEXT,

    CONSTRAINT "credit_moves_pkey" PRIMARY KEY ("shop","order_id","offer_number","place"),
    CONSTRAINT "credit_moves_minor_check" CHECK ("minor" > 0)
);
-- One move of an order at a time, one credit at all, and each transaction of Shopify's for one move.
CREATE UNIQUE INDEX "credit_moves_one_open" ON "credit_moves"("shop", "order_id", "offer_number") WHERE "is_done" IS NULL;
CREATE UNIQUE INDEX "credit_moves_one_credit" ON "credit_moves"("shop", "order_id", "offer_number")
    WHERE "kind" = 'credit' AND "is_done" IS NOT FALSE;
CREATE UNIQUE INDEX "credit_moves_one_transaction" ON "credit_moves"("shop", "transaction_id")
    WHERE "transaction_id" IS NOT NULL;

ALTER TABLE "credit_promises" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_promises" FORCE ROW LEVEL SECURITY;
CREATE POLICY "credit_promises_of_one_shop" ON "credit_promises" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "credit_promises" TO tsuide_tenant;
ALTER TABLE "store_credits" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "store_credits" FORCE ROW LEVEL SECURITY;
CREATE POLICY "store_credits_of_one_shop" ON "store_credits" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "store_credits" TO tsuide_tenant;
ALTER TABLE "credit_moves" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_moves" FORCE ROW LEVEL SECURITY;
CREATE POLICY "credit_moves_of_one_shop" ON "credit_moves" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "credit_moves" TO tsuide_tenant;
GRANT USAGE ON SEQUENCE "credit_promises_id_seq" TO tsuide_tenant;
