-- How far something that is made of every record has been made anew: search keys, match keys. One table for all of them.
ALTER TABLE search_format RENAME TO record_sweep;
ALTER TABLE record_sweep ADD COLUMN purpose text COLLATE "C" NOT NULL DEFAULT 'search';
ALTER TABLE record_sweep ALTER COLUMN purpose DROP DEFAULT;
ALTER TABLE record_sweep DROP CONSTRAINT search_format_pkey;
ALTER TABLE record_sweep ADD CONSTRAINT record_sweep_pkey PRIMARY KEY (purpose, object);
DROP TABLE match_state;
