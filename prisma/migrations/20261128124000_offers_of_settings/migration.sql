-- What each shop has set for its sets and for its goal becomes two offers. The values stay in "settings"."chosen", where
-- nothing reads them any more; they go when the row is saved next.
-- Without this the owner of the tables would see no row, and may make none.
ALTER TABLE "shops" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "settings" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "offers" NO FORCE ROW LEVEL SECURITY;

INSERT INTO "offers" ("shop", "number", "type", "name", "status", "mode", "priority", "conditions", "reward", "config",
  "config_version", "surfaces", "copy", "combines_with", "version", "created_at", "updated_at")
SELECT made."shop", made."number", made."type", '', made."status", made."mode", 100, '[]', made."reward", made."config", 1,
  made."surfaces", '{"discountName": {}}',
  '{"productDiscounts": true, "orderDiscounts": true, "shippingDiscounts": true}', 1, now(), now()
FROM "shops" known
  LEFT JOIN "settings" ON "settings"."shop" = known."domain"
  CROSS JOIN LATERAL (SELECT coalesce("settings"."chosen", '{}') AS "chosen") AS read
  CROSS JOIN LATERAL (
    SELECT coalesce((read."chosen" ->> 'setDiscountBasisPoints')::int, 0) AS "discount",
      coalesce((read."chosen" ->> 'setSize')::int, 3) AS "size",
      coalesce(read."chosen" ->> 'mode', 'automatic') AS "mode",
      coalesce(read."chosen" -> 'goalAmounts', '{}') AS "amounts",
      coalesce((read."chosen" ->> 'goalEnabled')::boolean, false) AS "enabled"
  ) AS was
  CROSS JOIN LATERAL (VALUES
    (known."domain", 1, 'bought-together', 'active', was."mode",
      CASE WHEN was."discount" > 0 THEN jsonb_build_object('kind', 'percent', 'basisPoints', was."discount") END,
      jsonb_build_object('setSize', was."size"), ARRAY['product', 'checkout', 'thank-you']),
    (known."domain", 2, 'goal', CASE WHEN was."enabled" AND was."amounts" <> '{}' THEN 'active' ELSE 'draft' END, 'manual',
      '{"kind": "free-shipping"}'::jsonb,
      jsonb_build_object('amounts', was."amounts", 'countries', NULL, 'pickUp', false, 'localDelivery', false),
      ARRAY['cart', 'checkout'])
  ) AS made ("shop", "number", "type", "status", "mode", "reward", "config", "surfaces")
WHERE NOT EXISTS (SELECT 1 FROM "offers" kept WHERE kept."shop" = known."domain");

ALTER TABLE "offers" FORCE ROW LEVEL SECURITY;
ALTER TABLE "settings" FORCE ROW LEVEL SECURITY;
ALTER TABLE "shops" FORCE ROW LEVEL SECURITY;
