-- Keys under which records that may mean the same meet: found without reading the records' tables.
CREATE TABLE match_key (
    object text COLLATE "C" NOT NULL,
    hash bigint NOT NULL,
    record_id uuid NOT NULL,
    PRIMARY KEY (object, hash, record_id)
);
CREATE INDEX match_key_record ON match_key (record_id);

-- How far the keys of each object have been made for records that were there before.
CREATE TABLE match_state (
    object text COLLATE "C" PRIMARY KEY,
    done_to uuid,
    complete boolean NOT NULL DEFAULT false
);

-- Pairs that may mean the same, a before b; dismissed ones are never put before people again.
CREATE TABLE duplicate_pair (
    object text COLLATE "C" NOT NULL,
    a uuid NOT NULL,
    b uuid NOT NULL,
    points real NOT NULL,
    reasons jsonb NOT NULL,
    dismissed boolean NOT NULL DEFAULT false,
    found_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (object, a, b)
);
CREATE INDEX duplicate_pair_queue ON duplicate_pair (object, points DESC, a, b) WHERE NOT dismissed;
CREATE INDEX duplicate_pair_b ON duplicate_pair (b);
