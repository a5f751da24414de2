-- Whether a product is made of other products. The next night's reading of the catalogue fills it in.
ALTER TABLE products ADD COLUMN is_bundle BOOLEAN NOT NULL DEFAULT false;
