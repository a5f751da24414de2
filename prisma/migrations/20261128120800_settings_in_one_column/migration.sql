-- What a shop has chosen, as the sections of app/domain/settings declare it: a new setting needs no column of its own.
ALTER TABLE "settings"
  ADD COLUMN "chosen" JSONB NOT NULL DEFAULT '{}',
  ALTER COLUMN "shipping_thresholds" SET DEFAULT '[]';

-- Without this the owner of the table would see no row to fill.
ALTER TABLE "settings" NO FORCE ROW LEVEL SECURITY;
UPDATE "settings" SET "chosen" = jsonb_build_object(
  'setDiscountBasisPoints', "set_discount_basis_points",
  'setSize', "set_size",
  'mode', "mode",
  'tellOrdersTogether', "tell_orders_together",
  'goalEnabled', "goal_enabled",
  'goalAmounts', "goal_amounts",
  'useCustomerHistory', "use_customer_history",
  'upgradeCapPercent', "upgrade_cap_percent",
  'paused', "paused"
);
ALTER TABLE "settings" FORCE ROW LEVEL SECURITY;
