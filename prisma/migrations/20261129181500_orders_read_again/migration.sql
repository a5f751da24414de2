-- How many orders an import still reads again before it is finished; null before that is known.
ALTER TABLE import_runs ADD COLUMN orders_to_read INTEGER;
