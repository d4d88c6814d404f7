-- Who held what: every passage of a record into a pool and out of it.
CREATE TABLE pool_movement (
    id uuid PRIMARY KEY,
    pool uuid NOT NULL,
    object text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    from_person uuid,
    to_person uuid,
    by_person uuid NOT NULL,
    reason text NOT NULL DEFAULT '',
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX pool_movement_record ON pool_movement (record_id, at);
CREATE INDEX pool_movement_claims ON pool_movement (to_person, pool, at) WHERE kind = 'claim';

-- On which day each pool's rules last took back what nobody looked after.
CREATE TABLE pool_recycling (
    pool uuid PRIMARY KEY,
    day date NOT NULL
);
