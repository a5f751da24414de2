-- What goes only with what, as the staff of each shop state it.
CREATE TABLE "compatibility" (
    "shop" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "compatibility_pkey" PRIMARY KEY ("shop")
);
ALTER TABLE "compatibility" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "compatibility" FORCE ROW LEVEL SECURITY;
CREATE POLICY "compatibility_of_one_shop" ON "compatibility" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "compatibility" TO tsuide_tenant;
