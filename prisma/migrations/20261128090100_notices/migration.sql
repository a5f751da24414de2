-- What stands in the way of a shop, for its staff to read until it is mended.
CREATE TABLE "notices" (
    "shop" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("shop","code")
);

ALTER TABLE "notices" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "notices" FORCE ROW LEVEL SECURITY;
CREATE POLICY "notices_of_one_shop" ON "notices"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "notices" TO tsuide_tenant;

-- When whoever runs the app was last told of what concerns all shops: once a day, however many shops and workers there
-- are. It names no shop.
CREATE TABLE "operator_alarms" (
    "code" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_alarms_pkey" PRIMARY KEY ("code")
);

-- An order history that is read page by page, where Shopify runs no bulk operations for the app.
ALTER TABLE "import_runs" ADD COLUMN "by_pages" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "import_runs" ADD COLUMN "page_cursor" TEXT;
