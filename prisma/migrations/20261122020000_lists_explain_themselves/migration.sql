-- What put each companion into its list. Lists stored before have none of it until they are learnt again.
ALTER TABLE "companion_lists"
  ADD COLUMN "cart_ranker" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "recent_orders" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "placed_by" TEXT[] DEFAULT '{}',
  ADD COLUMN "ranks" INTEGER[] DEFAULT '{}',
  ADD COLUMN "confidence_ranks" INTEGER[] DEFAULT '{}',
  ADD COLUMN "recent_together" INTEGER[] DEFAULT '{}',
  ADD COLUMN "notes" JSONB NOT NULL DEFAULT '{}';
