-- SKUs as they are searched: full-width letters and digits as plain ones, no capitals. Stored, because folding the SKUs of
-- a large shop for every search takes longer than searching them.
ALTER TABLE "variants" ADD COLUMN "sku_text" TEXT GENERATED ALWAYS AS (lower(normalize("sku", NFKC))) STORED;
