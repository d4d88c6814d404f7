-- What administrators made of each object: custom objects and fields, layouts, rules. One document per object.
CREATE TABLE customization (
    object text COLLATE "C" PRIMARY KEY,
    definition jsonb NOT NULL
);

-- Grows with every change; a node that knows less reads the definitions again.
CREATE TABLE catalogue_version (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    version bigint NOT NULL
);
INSERT INTO catalogue_version (version) VALUES (0);

-- Every state a definition was in, so that any can be looked up and put back.
CREATE TABLE customization_history (
    version bigint NOT NULL,
    object text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    actor uuid NOT NULL,
    definition jsonb NOT NULL,
    PRIMARY KEY (object, version)
);

UPDATE role SET grants = jsonb_set(grants, '{functions}', coalesce(grants -> 'functions', '[]') || '["customize"]')
WHERE name = 'admin';
