-- Keysets, each encrypted with the master key, which lies in a file apart from the database.
CREATE TABLE keyset (
    name text COLLATE "C" PRIMARY KEY,
    wrapped bytea NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- Encrypted values by what their records' columns hold: a token that equal values of one field share.
CREATE TABLE sealed_value (
    object text COLLATE "C" NOT NULL,
    field text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    token text COLLATE "C" NOT NULL,
    key_id bigint NOT NULL,
    ciphertext bytea NOT NULL,
    PRIMARY KEY (record_id, object, field, token)
);
CREATE INDEX sealed_value_token ON sealed_value (token);
CREATE INDEX sealed_value_key ON sealed_value (key_id, record_id);

-- Who was erased, so that a backup from before can be told. No name, no address: ids and counts.
CREATE TABLE erasure (
    id uuid PRIMARY KEY,
    object text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    by_person uuid NOT NULL,
    reason text NOT NULL DEFAULT '',
    counts jsonb NOT NULL,
    marks text[] NOT NULL
);
CREATE INDEX erasure_record ON erasure (record_id);

-- On which day each retention rule was last carried out.
CREATE TABLE retention_day (
    rule uuid PRIMARY KEY,
    day date NOT NULL
);

-- Which records were merged into one: asked for when a person is to be erased.
CREATE INDEX record_merge_survivor ON record_merge (survivor);

-- Administrators, and nobody else at first, may have masked values shown one at a time.
UPDATE role SET grants = jsonb_set(grants, '{objects,*}', (grants #> '{objects,*}') || '["reveal"]')
WHERE name = 'admin' AND grants #> '{objects,*}' IS NOT NULL;
