-- What could be offered in place of a product, found from the orders and the catalogue; one row per product that has
-- any. `moved` is the most customers who moved on to one candidate, where that is more than chance.
CREATE TABLE "upgrades" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "moved" INTEGER NOT NULL,
    "found" JSONB NOT NULL,

    CONSTRAINT "upgrades_pkey" PRIMARY KEY ("shop","product_id")
);

CREATE TABLE "upgrade_runs" (
    "shop" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "baskets" INTEGER NOT NULL DEFAULT 0,
    "products" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "upgrade_runs_pkey" PRIMARY KEY ("shop")
);

-- A person's word: never suggest this in place of that. `kind` says whether the candidate is a product or a variant.
CREATE TABLE "hidden_upgrades" (
    "shop" TEXT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "candidate_id" BIGINT NOT NULL,
    "hidden_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hidden_upgrades_pkey" PRIMARY KEY ("shop","product_id","kind","candidate_id")
);

ALTER TABLE "settings" ADD COLUMN "upgrade_cap_percent" INTEGER NOT NULL DEFAULT 150;

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['upgrades', 'upgrade_runs', 'hidden_upgrades'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;
