-- A product's list for the shoppers of one segment, where it differs from everybody's; best first, arrays in parallel.
-- Segments are tried in ascending order of `place`.
CREATE TABLE "segment_lists" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "segmented_by" TEXT NOT NULL,
    "segment" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "companions" BIGINT[],
    "weights" DOUBLE PRECISION[],

    CONSTRAINT "segment_lists_pkey" PRIMARY KEY ("shop","product_id","segmented_by","segment")
);

ALTER TABLE "segment_lists" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "segment_lists" FORCE ROW LEVEL SECURITY;
CREATE POLICY "segment_lists_of_one_shop" ON "segment_lists" USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "segment_lists" TO tsuide_tenant;
