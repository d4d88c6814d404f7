-- Sessions can be listed and ended one by one.
ALTER TABLE session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE session ADD COLUMN address text NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN agent text NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();

-- Links by which people choose their password: when they are invited, and when they forgot it.
CREATE TABLE password_link (
    token_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX password_link_user ON password_link (user_id);

-- Time-based one-time passwords (RFC 6238). A code works once: last_step is the newest that was used.
CREATE TABLE second_factor (
    user_id uuid PRIMARY KEY,
    secret bytea NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0
);
CREATE TABLE recovery_code (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, code_hash)
);

-- Whoever has such a role must have a second factor.
ALTER TABLE role ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
