-- While it is on, shoppers see nothing of the app and no discount of it holds.
ALTER TABLE "settings" ADD COLUMN "paused" BOOLEAN NOT NULL DEFAULT false;
