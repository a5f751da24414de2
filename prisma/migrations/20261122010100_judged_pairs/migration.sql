-- What was found of pairs when the ranking was chosen; lists are learnt with it until then again.
ALTER TABLE "mining_runs" ADD COLUMN "judged" JSONB;
