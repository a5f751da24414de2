-- Triggers for Shopify Flow, each by what it is about: kept with what caused them, and taken by whoever sends them.
CREATE TABLE "flow_triggers" (
    "shop" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "flow_triggers_pkey" PRIMARY KEY ("shop","key")
);
ALTER TABLE "flow_triggers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "flow_triggers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "flow_triggers_of_one_shop" ON "flow_triggers" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "flow_triggers" TO tsuide_tenant;
