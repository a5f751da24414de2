-- What staff changed, for a year.
CREATE TABLE "activity" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" BIGINT,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("shop","id")
);
CREATE INDEX "activity_shop_at_idx" ON "activity" ("shop", "at");

ALTER TABLE "activity" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "activity" FORCE ROW LEVEL SECURITY;
CREATE POLICY "activity_of_one_shop" ON "activity"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "activity" TO tsuide_tenant;
GRANT USAGE ON SEQUENCE "activity_id_seq" TO tsuide_tenant;
