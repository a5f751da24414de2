-- A person's word: this may be shown to shoppers in place of that.
CREATE TABLE "approved_upgrades" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "candidate_id" BIGINT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approved_upgrades_pkey" PRIMARY KEY ("shop","product_id","candidate_id")
);
ALTER TABLE "approved_upgrades" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "approved_upgrades" FORCE ROW LEVEL SECURITY;
CREATE POLICY "approved_upgrades_of_one_shop" ON "approved_upgrades" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "approved_upgrades" TO tsuide_tenant;

-- The products among what was found: which entries a change of one of them concerns. Lists that are stored already are
-- filled here, before anything reads them. Without the next line the owner of the table would see no row.
ALTER TABLE "upgrades" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "upgrades" ADD COLUMN "candidates" BIGINT[] NOT NULL DEFAULT '{}';
UPDATE "upgrades" SET candidates =
    ARRAY(SELECT (one ->> 'id')::bigint FROM jsonb_array_elements(found -> 'candidates') AS one)
    WHERE jsonb_typeof(found -> 'candidates') = 'array';
ALTER TABLE "upgrades" FORCE ROW LEVEL SECURITY;
