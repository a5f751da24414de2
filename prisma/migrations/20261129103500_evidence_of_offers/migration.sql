-- From when on what customers say and send back counts for an offer: a new name changes nothing of that.
ALTER TABLE "offers" ADD COLUMN "judged_from" TIMESTAMPTZ(3);
UPDATE "offers" SET "judged_from" = "updated_at";
-- The default is for offers that an older release makes while both run.
ALTER TABLE "offers" ALTER COLUMN "judged_from" SET DEFAULT CURRENT_TIMESTAMP, ALTER COLUMN "judged_from" SET NOT NULL;

ALTER TABLE "failing_offers" ADD COLUMN "judged_from" TIMESTAMPTZ(3);
UPDATE "failing_offers" f SET "judged_from" = o."judged_from" FROM "offers" o
WHERE o.shop = f.shop AND o.number = f.offer_number AND o.version = f.version;
DELETE FROM "failing_offers" WHERE "judged_from" IS NULL;
ALTER TABLE "failing_offers" ALTER COLUMN "judged_from" SET NOT NULL;
ALTER TABLE "failing_offers" DROP COLUMN "version";
