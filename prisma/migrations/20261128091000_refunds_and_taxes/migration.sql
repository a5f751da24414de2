-- Refunds that name no line, taxes, and what is left of the units that came through an offer. Orders stored before have
-- none of it until they are read again.
ALTER TABLE "orders"
  ADD COLUMN "taxes_included" BOOLEAN,
  ADD COLUMN "refunded_without_lines_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "order_lines" ADD COLUMN "tax_minor" BIGINT;
ALTER TABLE "attributions"
  ADD COLUMN "kept_units" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "net_tax_minor" BIGINT NOT NULL DEFAULT 0;

-- Until the order is read again, what was given back as a whole counts as not kept.
UPDATE "attributions" SET "kept_units" = 0 WHERE "refunded_minor" >= "revenue_minor" AND "revenue_minor" > 0;
