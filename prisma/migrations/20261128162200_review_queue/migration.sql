-- Companions that a person is to approve or to reject.
ALTER TABLE "suggested_companions" ADD COLUMN "proposed" BIGINT[] NOT NULL DEFAULT '{}';
