-- Things that are made ready once and never again, even if somebody deletes them.
CREATE TABLE prepared (
    name text COLLATE "C" PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);

-- Who may say yes to what goes beyond a limit, and set up how selling works.
UPDATE role SET grants = jsonb_set(grants, '{functions}', coalesce(grants -> 'functions', '[]') || '["approve", "sales"]')
WHERE name = 'admin';
INSERT INTO role (name, grants) VALUES
    ('manager', '{"objects": {"*": ["read", "create", "update", "delete", "import", "export", "mass"]}, "functions": ["approve", "sales"]}')
ON CONFLICT (name) DO NOTHING;
