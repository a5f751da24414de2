-- What is known of the visit in which an order was made.
ALTER TABLE order_visits ADD device TEXT, ADD source TEXT, ADD medium TEXT, ADD campaign TEXT;
