-- Stores an order's basket (no time: it has none), and the difference that is not yet in the counts. Says whether there is
-- one. A function, because its statements are then planned once for a connection: planning takes longer than they do.
CREATE OR REPLACE FUNCTION change_basket(
  of_shop TEXT, of_order BIGINT, new_at TIMESTAMPTZ, new_products BIGINT[], new_customer TEXT, new_channel TEXT)
RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
  old RECORD;
BEGIN
  SELECT at, products INTO old FROM baskets WHERE shop = of_shop AND order_id = of_order;
  IF new_at IS NULL THEN
    DELETE FROM baskets WHERE shop = of_shop AND order_id = of_order;
  ELSE
    INSERT INTO baskets AS b (shop, order_id, at, products, customer_key, channel)
    VALUES (of_shop, of_order, new_at, new_products, new_customer, new_channel)
    ON CONFLICT (shop, order_id) DO UPDATE SET (at, products, customer_key, channel) =
      (EXCLUDED.at, EXCLUDED.products, EXCLUDED.customer_key, EXCLUDED.channel)
    WHERE (b.at, b.products, b.customer_key, b.channel) IS DISTINCT FROM
      (EXCLUDED.at, EXCLUDED.products, EXCLUDED.customer_key, EXCLUDED.channel);
  END IF;
  IF (old.at, old.products) IS NOT DISTINCT FROM (new_at, new_products) THEN
    RETURN false;
  END IF;
  INSERT INTO basket_news (shop, order_id, at_before, products_before, at_after, products_after)
  VALUES (of_shop, of_order, old.at, old.products, new_at, new_products);
  RETURN true;
END
$$;
