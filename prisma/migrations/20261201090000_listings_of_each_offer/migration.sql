-- Which offer listed each product, by its number; 0 where only its type is known. A row whose numbers are not as many as its
-- products was written by a release that did not keep them: they say nothing then. The next nightly publish completes such rows.
ALTER TABLE "offer_listings" ADD COLUMN "numbers" INTEGER[] NOT NULL DEFAULT ARRAY[]::INTEGER[];
