-- Bytes of files that were destroyed, until it is certain that they are gone: a server may be killed in between.
CREATE TABLE file_to_destroy (
    storage_key text PRIMARY KEY,
    since timestamptz NOT NULL DEFAULT now()
);
