-- Staff ask for an order by its name.
CREATE INDEX "orders_shop_name_idx" ON "orders"("shop", "name");
