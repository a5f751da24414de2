-- What an offer says at Shopify, to tell a move that matters from a drift; and when everything that differed was sent.
ALTER TABLE "published" ADD COLUMN "value" TEXT;
ALTER TABLE "shops" ADD COLUMN "published_all_at" TIMESTAMPTZ(3);
