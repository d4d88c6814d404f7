-- Records shared one by one: with a person, a team, a department and those below it, or a public group.
CREATE TABLE record_share (
    object text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    principal uuid NOT NULL,
    principal_kind text COLLATE "C" NOT NULL,
    level text COLLATE "C" NOT NULL,
    cause text COLLATE "C" NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL,
    PRIMARY KEY (record_id, principal, cause)
);
CREATE INDEX record_share_principal ON record_share (principal, object, record_id);

-- What people read of a role; grants say what it allows.
ALTER TABLE role ADD COLUMN label_en text NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN label_zh text NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE role ADD COLUMN version integer NOT NULL DEFAULT 1;
UPDATE role SET label_en = 'Administrator', label_zh = '管理员' WHERE name = 'admin';
UPDATE role SET label_en = 'Member (all records)', label_zh = '成员（全部记录）' WHERE name = 'member';
UPDATE role SET label_en = 'Reader (all records)', label_zh = '只读（全部记录）' WHERE name = 'reader';
UPDATE role SET label_en = 'Manager (all records)', label_zh = '经理（全部记录）' WHERE name = 'manager';

-- Giving a record another owner, sharing it and claiming it were parts of changing it until now.
UPDATE role SET grants = jsonb_set(grants, '{objects}', (
    SELECT jsonb_object_agg(object, CASE WHEN verbs ? 'update' THEN verbs || '["transfer", "share", "claim"]' ELSE verbs END)
    FROM jsonb_each(grants -> 'objects') AS held (object, verbs)))
WHERE jsonb_typeof(grants -> 'objects') = 'object' AND grants -> 'objects' <> '{}';
UPDATE role SET grants = jsonb_set(grants, '{functions}', coalesce(grants -> 'functions', '[]') || '["audit", "privacy", "backup"]')
WHERE name = 'admin';

INSERT INTO role (name, label_en, label_zh, grants) VALUES
    ('salesRep', 'Sales representative', '销售代表', '{
        "objects": {"*": ["read", "create", "update", "delete", "import", "export", "share", "claim"]},
        "scopes": {"*": {"read": ["own", "pool", "parent"], "update": ["own", "parent"], "delete": ["own"]}}}'),
    ('teamLead', 'Team lead', '团队主管', '{
        "objects": {"*": ["read", "create", "update", "delete", "import", "export", "mass", "transfer", "share", "claim"]},
        "scopes": {"*": {"read": ["own", "team", "pool", "parent"], "update": ["own", "team", "parent"], "delete": ["own", "team"]}},
        "functions": ["approve"]}'),
    ('departmentHead', 'Head of department', '部门负责人', '{
        "objects": {"*": ["read", "create", "update", "delete", "import", "export", "mass", "transfer", "share", "claim"]},
        "scopes": {"*": {"read": ["own", "team", "below", "pool", "parent"], "update": ["own", "team", "below", "parent"]}},
        "functions": ["approve", "sales"]}')
ON CONFLICT (name) DO NOTHING;

-- How the company sells is set up by those whose function it is.
UPDATE role SET grants = jsonb_set(grants, '{objects}', grants -> 'objects' || (
    SELECT jsonb_object_agg(object, '["read", "export"]'::jsonb)
    FROM unnest(ARRAY['product', 'priceBook', 'priceBookEntry', 'bundlePart', 'promotion', 'pipeline', 'stage', 'exchangeRate',
        'commissionPlan', 'commissionTier', 'target', 'assignmentRule', 'scoreRule', 'territory', 'leadForm', 'company']) AS object))
WHERE name IN ('salesRep', 'teamLead');
