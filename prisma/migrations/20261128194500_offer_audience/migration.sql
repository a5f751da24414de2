-- For which shoppers an offer is. Null in rows of before, and in what they said before a change: it is for all shoppers.
ALTER TABLE offers ADD COLUMN audience JSONB;
