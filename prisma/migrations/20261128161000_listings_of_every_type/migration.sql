-- Which type of offer listed each product. Rows that have none are of bought together, the only one that was kept.
ALTER TABLE "offer_listings" ADD COLUMN "codes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
