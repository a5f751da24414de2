-- A variant of the product itself can be approved as well, in place of a certain one. What was approved before are
-- products; variants that were hidden before stay hidden in place of any other one.
ALTER TABLE "approved_upgrades" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'product',
    ADD COLUMN "of_variant_id" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "approved_upgrades" DROP CONSTRAINT "approved_upgrades_pkey";
ALTER TABLE "approved_upgrades" ADD CONSTRAINT "approved_upgrades_pkey"
    PRIMARY KEY ("shop", "product_id", "kind", "candidate_id", "of_variant_id");
ALTER TABLE "hidden_upgrades" ADD COLUMN "of_variant_id" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "hidden_upgrades" DROP CONSTRAINT "hidden_upgrades_pkey";
ALTER TABLE "hidden_upgrades" ADD CONSTRAINT "hidden_upgrades_pkey"
    PRIMARY KEY ("shop", "product_id", "kind", "candidate_id", "of_variant_id");

-- Offers that exist already were made for other products alone: a person switches variants on in them. Without the next
-- line the owner of the table would see no row.
ALTER TABLE "offers" NO FORCE ROW LEVEL SECURITY;
UPDATE "offers" SET config = config || '{"ownVariants": false}' WHERE type = 'upgrade' AND NOT config ? 'ownVariants';
UPDATE "offers" SET before = jsonb_set(before, '{config,ownVariants}', 'false')
    WHERE type = 'upgrade' AND jsonb_typeof(before -> 'config') = 'object' AND NOT before -> 'config' ? 'ownVariants';
ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;
