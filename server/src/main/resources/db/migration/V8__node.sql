-- Which state of the definitions each running node works by: a change is answered when all of them have it.
CREATE TABLE node (
    id uuid PRIMARY KEY,
    catalogue_version bigint NOT NULL,
    seen_at timestamptz NOT NULL
);
