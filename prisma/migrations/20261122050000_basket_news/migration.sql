-- What one order changed of the baskets and is not in the counts yet: the products and the time that its basket had
-- before and has since, null where it was none or is none. Counts are the rows of "associations" and these.
CREATE TABLE "basket_news" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "order_id" BIGINT NOT NULL,
    "at_before" TIMESTAMPTZ(3),
    "products_before" BIGINT[],
    "at_after" TIMESTAMPTZ(3),
    "products_after" BIGINT[],

    CONSTRAINT "basket_news_pkey" PRIMARY KEY ("shop","id")
);

-- Grows each time that news are added to the counts: whoever counted from earlier baskets sees that they are too late.
ALTER TABLE "shops" ADD COLUMN "counts_version" INTEGER NOT NULL DEFAULT 0;

-- That version says what these two said.
ALTER TABLE "associations" DROP COLUMN "counted_in";
ALTER TABLE "mining_runs" DROP COLUMN "learnt_from";

ALTER TABLE "basket_news" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "basket_news" FORCE ROW LEVEL SECURITY;
CREATE POLICY "basket_news_of_one_shop" ON "basket_news" USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "basket_news" TO tsuide_tenant;
GRANT USAGE ON SEQUENCE "basket_news_id_seq" TO tsuide_tenant;
