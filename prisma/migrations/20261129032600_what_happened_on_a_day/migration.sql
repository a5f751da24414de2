-- The page that compares a day with Shopify's own figures asks what was returned and cancelled on it.
CREATE INDEX "refund_lines_shop_created_at_idx" ON "refund_lines" ("shop", "created_at");
CREATE INDEX "orders_shop_cancelled_at_idx" ON "orders" ("shop", "cancelled_at");
