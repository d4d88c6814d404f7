-- How complete and fresh an object's records were on a day, field by field.
CREATE TABLE quality_snapshot (
    object text COLLATE "C" NOT NULL,
    day date NOT NULL,
    records bigint NOT NULL,
    filled jsonb NOT NULL,
    fresh bigint NOT NULL,
    PRIMARY KEY (object, day)
);

-- Values that could be better, found by the last look through the records.
CREATE TABLE quality_suggestion (
    object text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    field text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    present text,
    suggested text NOT NULL,
    PRIMARY KEY (object, record_id, field)
);
CREATE INDEX quality_suggestion_kind ON quality_suggestion (object, kind, record_id);
