-- When staff dismissed a notice; null as long as it is shown.
ALTER TABLE "notices" ADD COLUMN "dismissed_at" TIMESTAMPTZ(3);
