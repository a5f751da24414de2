-- What ready-made offers rest on, gathered after orders were analysed.
CREATE TABLE "playbook_evidence" (
    "shop" TEXT NOT NULL,
    "gathered_at" TIMESTAMPTZ(3) NOT NULL,
    "evidence" JSONB NOT NULL,

    CONSTRAINT "playbook_evidence_pkey" PRIMARY KEY ("shop")
);
ALTER TABLE "playbook_evidence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "playbook_evidence" FORCE ROW LEVEL SECURITY;
CREATE POLICY "playbook_evidence_of_one_shop" ON "playbook_evidence" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "playbook_evidence" TO tsuide_tenant;

-- Proposed offers that a person does not want.
CREATE TABLE "dismissed_proposals" (
    "shop" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dismissed_proposals_pkey" PRIMARY KEY ("shop","proposal")
);
ALTER TABLE "dismissed_proposals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "dismissed_proposals" FORCE ROW LEVEL SECURITY;
CREATE POLICY "dismissed_proposals_of_one_shop" ON "dismissed_proposals" USING (shop = current_setting('tsuide.shop', true))
    WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON "dismissed_proposals" TO tsuide_tenant;
