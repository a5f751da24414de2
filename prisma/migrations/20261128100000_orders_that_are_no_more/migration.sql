-- Orders that Shopify has deleted: a bulk file that was made before must not bring them back.
CREATE TABLE "deleted_orders" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,

    CONSTRAINT "deleted_orders_pkey" PRIMARY KEY ("shop","order_id")
);

-- Orders of which something could not be read, until they are read without fault; the merchant is told of them.
CREATE TABLE "unread_orders" (
    "shop" TEXT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "name" TEXT,
    "reason" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unread_orders_pkey" PRIMARY KEY ("shop","order_id")
);

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['deleted_orders', 'unread_orders'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (shop = current_setting(''tsuide.shop'', true))
       WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tsuide_tenant', name);
  END LOOP;
END
$$;

-- Customers who were forgotten on request, each as the hash of a pseudonym that is itself a keyed hash of shop and
-- customer. It names neither, so that it outlives the shop: a reinstall must not bring the customer back. Shops have no
-- use for each other's: whoever lacks the key can look nobody up.
CREATE TABLE "redacted_customers" (
    "tombstone" TEXT NOT NULL,

    CONSTRAINT "redacted_customers_pkey" PRIMARY KEY ("tombstone")
);
GRANT SELECT, INSERT ON "redacted_customers" TO tsuide_tenant;

CREATE FUNCTION tombstone_of(customer_key TEXT) RETURNS TEXT LANGUAGE SQL IMMUTABLE PARALLEL SAFE
  RETURN encode(sha256(convert_to('redacted/' || customer_key, 'UTF8')), 'hex');
