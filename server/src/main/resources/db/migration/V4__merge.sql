-- Which record took the place of which: ids of merged records keep leading somewhere.
CREATE TABLE record_merge (
    loser uuid PRIMARY KEY,
    object text COLLATE "C" NOT NULL,
    survivor uuid NOT NULL,
    batch_id uuid NOT NULL
);
CREATE INDEX record_merge_batch ON record_merge (batch_id);
