-- Tables that the platform itself needs. The tables of records are not here: the schema planner makes them from the
-- catalogue.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE credential (
    user_id uuid PRIMARY KEY,
    password_hash text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE setup_link (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
    token_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    csrf_token text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE api_token (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    user_id uuid NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    scopes text[] NOT NULL,
    expires_on date,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
CREATE INDEX api_token_user ON api_token (user_id);

CREATE TABLE role (
    name text PRIMARY KEY,
    grants jsonb NOT NULL
);
INSERT INTO role (name, grants) VALUES
    ('admin', '{"objects": {"*": ["read", "create", "update", "delete", "import", "export", "mass"]}, "functions": ["users", "jobs"]}'),
    ('member', '{"objects": {"*": ["read", "create", "update", "delete", "import", "export", "mass"]}}'),
    ('reader', '{"objects": {"*": ["read", "export"]}}');

CREATE TABLE user_role (
    user_id uuid NOT NULL,
    role text NOT NULL REFERENCES role (name),
    PRIMARY KEY (user_id, role)
);

CREATE TABLE record_history (
    id bigint GENERATED ALWAYS AS IDENTITY,
    object text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    version integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    actor uuid NOT NULL,
    batch_id uuid,
    changes jsonb
);
CREATE INDEX record_history_record ON record_history (record_id, version);
CREATE INDEX record_history_batch ON record_history (batch_id, id) WHERE batch_id IS NOT NULL;

CREATE TABLE batch (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    object text NOT NULL,
    actor uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    counts jsonb NOT NULL DEFAULT '{}',
    undone_at timestamptz,
    undone_by uuid
);
CREATE INDEX batch_newest ON batch (created_at DESC, id);

CREATE TABLE idempotency (
    actor uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    request_hash bytea NOT NULL,
    state text NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE job (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    actor uuid NOT NULL,
    actor_name text NOT NULL,
    actor_locale text NOT NULL,
    actor_zone text NOT NULL,
    subject uuid,
    payload jsonb NOT NULL,
    state text NOT NULL,
    progress double precision NOT NULL DEFAULT 0,
    done bigint NOT NULL DEFAULT 0,
    total bigint,
    checkpoint jsonb,
    result jsonb,
    error text,
    attempts integer NOT NULL DEFAULT 0,
    lease_no integer NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
);
CREATE INDEX job_newest ON job (created_at DESC, id);
CREATE INDEX job_subject ON job (subject);

CREATE TABLE scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);

CREATE TABLE file (
    id uuid PRIMARY KEY,
    storage_key text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL
);

CREATE TABLE import (
    id uuid PRIMARY KEY,
    object text NOT NULL,
    actor uuid NOT NULL,
    file_id uuid NOT NULL,
    file_name text NOT NULL,
    format jsonb NOT NULL,
    columns jsonb NOT NULL,
    settings jsonb NOT NULL,
    state text NOT NULL,
    counts jsonb NOT NULL DEFAULT '{"read":0,"created":0,"updated":0,"skipped":0,"failed":0}',
    preview jsonb,
    job_id uuid,
    batch_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX import_newest ON import (actor, created_at DESC);

CREATE TABLE import_error (
    import_id uuid NOT NULL,
    row_no bigint NOT NULL,
    cells text[] NOT NULL,
    reasons jsonb NOT NULL,
    PRIMARY KEY (import_id, row_no)
);

CREATE TABLE import_mapping (
    actor uuid NOT NULL,
    object text NOT NULL,
    header_hash text COLLATE "C" NOT NULL,
    settings jsonb NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, object, header_hash)
);

CREATE TABLE export (
    id uuid PRIMARY KEY,
    object text NOT NULL,
    actor uuid NOT NULL,
    request jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
