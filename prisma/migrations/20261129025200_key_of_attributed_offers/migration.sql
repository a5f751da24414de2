-- What figures of one offer are kept under, whichever products carry it: `offerKey` in app/domain/offers/offer-id.ts.
-- Before offers had numbers, an id of two parts named a product.
ALTER TABLE "attributions" ADD COLUMN "offer_key" TEXT GENERATED ALWAYS AS (
  CASE
    WHEN "offer_id" LIKE 'again-%' THEN 'again'
    WHEN "offer_id" ~ '^bt-[0-9]+$' THEN 'bt'
    ELSE substring("offer_id" FROM '^[a-z]+-[0-9]+')
  END
) STORED;
