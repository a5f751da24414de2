-- Of the baskets that the stored counts are of, how many there are of each size and how many products are in so many of
-- them: { sizes: [[size, baskets], ...], orders: [[orders, products], ...] }. What orders would hold by chance depends on
-- both. Null until counts are stored the next time; until then the baskets themselves are counted.
ALTER TABLE "shops" ADD COLUMN "basket_margins" JSONB;
