-- Which companions the offer of each product listed, and when; arrays in parallel, times in seconds since 1970 UTC. A
-- claim of an order line earns only what was listed when it was paid.
CREATE TABLE "offer_listings" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "companions" BIGINT[],
    "since" INTEGER[],
    "until" INTEGER[],
    "is_untold" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "offer_listings_pkey" PRIMARY KEY ("shop","product_id")
);

-- What is published now has been so for nobody knows how long.
INSERT INTO "offer_listings" (shop, product_id, companions, since, until)
SELECT shop, product_id, array_agg(companion), array_agg(0), array_agg(0)
FROM (
  SELECT DISTINCT p.shop, substring(p.owner_id FROM '[0-9]+$')::bigint AS product_id,
    (found.product #>> '{}')::bigint AS companion
  FROM "published" p
    CROSS JOIN LATERAL jsonb_path_query(p.value::jsonb, '$.**.product ? (@.type() == "string")') AS found(product)
  WHERE p.key = 'offer' AND p.value IS NOT NULL AND p.digest NOT LIKE 'refused %'
) AS listed
GROUP BY shop, product_id;

ALTER TABLE "offer_listings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offer_listings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offer_listings_of_one_shop" ON "offer_listings" USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "offer_listings" TO tsuide_tenant;
