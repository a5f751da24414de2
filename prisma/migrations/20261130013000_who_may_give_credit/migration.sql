-- Whether the merchant lets the app give store credit. Shops that are there already are taken as before, until Shopify is asked
-- for them again, every night at the latest.
ALTER TABLE "shops" ADD "gives_credit" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "shops" ALTER "gives_credit" SET DEFAULT false;
