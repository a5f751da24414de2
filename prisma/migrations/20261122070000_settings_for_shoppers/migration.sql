-- What shoppers are told, and whether what a customer bought before counts: both off before a merchant turns them on.
ALTER TABLE "settings"
  ADD COLUMN "tell_orders_together" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "use_customer_history" BOOLEAN NOT NULL DEFAULT false;

-- The last order that the lists were learnt from: what was counted up to then is not told for long after it.
ALTER TABLE "mining_runs" ADD COLUMN "learnt_until" TIMESTAMPTZ(3);
