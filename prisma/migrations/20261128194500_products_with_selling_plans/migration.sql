-- Whether a product can be subscribed to. The next night's reading of the catalogue fills it in.
ALTER TABLE products ADD COLUMN has_selling_plans BOOLEAN NOT NULL DEFAULT false;
