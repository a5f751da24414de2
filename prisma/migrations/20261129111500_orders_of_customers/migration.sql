-- Says which order of a customer was the first one without a look at the orders themselves.
CREATE INDEX orders_of_customers ON orders (shop, customer_key, processed_at, order_id)
WHERE customer_key IS NOT NULL AND NOT test;
