-- When backups are made by themselves and which are kept; one row.
CREATE TABLE backup_plan (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    active boolean NOT NULL DEFAULT false,
    hour integer NOT NULL DEFAULT 1,
    daily integer NOT NULL DEFAULT 7,
    weekly integer NOT NULL DEFAULT 4,
    monthly integer NOT NULL DEFAULT 6,
    last_day date
);
INSERT INTO backup_plan DEFAULT VALUES;

-- Backups that were made from here, whether their files are there or not.
CREATE TABLE backup_made (
    id uuid PRIMARY KEY,
    file text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    by_person uuid NOT NULL,
    size bigint NOT NULL,
    table_count bigint NOT NULL,
    row_count bigint NOT NULL,
    file_count bigint NOT NULL,
    verified_at timestamptz,
    verified boolean,
    report text NOT NULL DEFAULT ''
);
CREATE INDEX backup_made_at ON backup_made (at DESC);
