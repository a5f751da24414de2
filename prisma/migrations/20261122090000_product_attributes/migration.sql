-- What can be set side by side of products: their place in Shopify's taxonomy, their options and the shop's own
-- metafields; and by name what was chosen for each variant. Empty until the catalogue is read again, the night after.
ALTER TABLE "products" ADD COLUMN "category" TEXT;
ALTER TABLE "products" ADD COLUMN "attributes" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "variants" ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}';
