-- How far the product of a fixed bundle is, which Shopify makes: noted before and after each step, so that none is done twice.
CREATE TABLE bundles (
    shop TEXT NOT NULL,
    offer_number INTEGER NOT NULL,
    asked_at TIMESTAMPTZ(3),
    operation_id TEXT,
    asked_parts JSONB,
    product_id BIGINT,
    variant_id BIGINT,
    parts JSONB,
    for_sale BOOLEAN NOT NULL DEFAULT false,
    done TEXT,
    fault JSONB,

    CONSTRAINT bundles_pkey PRIMARY KEY (shop, offer_number)
);

ALTER TABLE bundles ENABLE ROW LEVEL SECURITY;
ALTER TABLE bundles FORCE ROW LEVEL SECURITY;
CREATE POLICY bundles_of_one_shop ON bundles USING (shop = current_setting('tsuide.shop', true))
  WITH CHECK (shop = current_setting('tsuide.shop', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON bundles TO tsuide_tenant;
