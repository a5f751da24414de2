-- What customers chose on the thank-you page, by order, offer and question. The first choice stays.
CREATE TABLE "answers" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "offer_id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "offer_number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answers_pkey" PRIMARY KEY ("shop","order_id","offer_id","question")
);
CREATE INDEX "answers_shop_offer_number_at_idx" ON "answers"("shop", "offer_number", "at");
CREATE INDEX "answers_shop_received_at_idx" ON "answers"("shop", "received_at");

ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "answers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "answers_of_one_shop" ON "answers" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "answers" TO tsuide_tenant;
