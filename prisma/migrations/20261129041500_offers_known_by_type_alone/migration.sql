-- Of what quantity breaks earn only the type may be known: the key is then the id itself, "qb".
ALTER TABLE "attributions" DROP COLUMN "offer_key";
ALTER TABLE "attributions" ADD COLUMN "offer_key" TEXT GENERATED ALWAYS AS (
  CASE
    WHEN "offer_id" LIKE 'again-%' THEN 'again'
    WHEN "offer_id" ~ '^bt-[0-9]+$' THEN 'bt'
    ELSE coalesce(substring("offer_id" FROM '^[a-z]+-[0-9]+'), "offer_id")
  END
) STORED;
