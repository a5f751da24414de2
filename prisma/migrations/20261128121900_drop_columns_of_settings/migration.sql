-- Their values stand in "chosen".
ALTER TABLE "settings"
  DROP COLUMN "set_discount_basis_points",
  DROP COLUMN "set_size",
  DROP COLUMN "mode",
  DROP COLUMN "tell_orders_together",
  DROP COLUMN "goal_enabled",
  DROP COLUMN "goal_amounts",
  DROP COLUMN "use_customer_history",
  DROP COLUMN "upgrade_cap_percent",
  DROP COLUMN "paused";
