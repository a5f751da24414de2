-- Grows with every save by a person: whoever saves over an older version is told, and overwrites nothing.
ALTER TABLE "settings" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "lifetime_inputs" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;
