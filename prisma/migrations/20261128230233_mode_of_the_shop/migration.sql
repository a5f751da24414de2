-- Offers that nobody gave another mode than the default follow the mode of their shop, which is automatic until a person
-- chooses: shoppers see the same as before.
-- Without this the owner of the table would see no row.
ALTER TABLE "offers" NO FORCE ROW LEVEL SECURITY;

UPDATE "offers" SET "mode" = 'shop' WHERE "mode" = 'automatic' AND "type" IN ('bought-together', 'upgrade');

ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;
