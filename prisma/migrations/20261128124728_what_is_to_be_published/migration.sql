-- Products whose offers are to be decided again, because something that their offers depend on changed. `revision` grows
-- when a product changes again while it is being published, so that the later change is not forgotten with the earlier.
CREATE TABLE "publish_due" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "publish_due_pkey" PRIMARY KEY ("shop","product_id")
);

ALTER TABLE "publish_due" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "publish_due" FORCE ROW LEVEL SECURITY;
CREATE POLICY "publish_due_of_one_shop" ON "publish_due"
  USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "publish_due" TO tsuide_tenant;

-- Of each type whose entries products carry: a digest of the offers and terms that they were last compiled from.
ALTER TABLE "shops" ADD COLUMN "published_terms" JSONB NOT NULL DEFAULT '{}';

-- Entries are compiled again by this release, in the second version of what is published.
UPDATE "shops" SET "published_all_at" = NULL;
