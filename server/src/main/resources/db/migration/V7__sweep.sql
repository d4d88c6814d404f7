-- How far something that is made of every record has been made anew: search keys, match keys. One table for all of them.
ALTER TABLE search_format RENAME TO record_sweep;
ALTER TABLE record_sweep ADD COLUMN purpose text COLLATE "C" NOT NULL DEFAULT 'search';
ALTER TABLE record_sweep ALTER COLUMN purpose DROP DEFAULT;
ALTER TABLE record_sweep DROP CONSTRAINT search_format_pkey;
ALTER TABLE record_sweep ADD CONSTRAINT record_sweep_pkey PRIMARY KEY (purpose, object);
DROP TABLE match_state;

-- A key's hash holds its object, and who writes a record knows the keys it had: one index does for all.
DROP TABLE match_key;
CREATE TABLE match_key (
    hash bigint NOT NULL,
    record_id uuid NOT NULL,
    PRIMARY KEY (hash, record_id)
);
