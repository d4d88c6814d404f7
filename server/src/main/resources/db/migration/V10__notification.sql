-- What people are told. One thing is told to one person once: topic tells things apart.
CREATE TABLE notification (
    id uuid PRIMARY KEY,
    person uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    kind text COLLATE "C" NOT NULL,
    object text COLLATE "C" NOT NULL,
    record uuid NOT NULL,
    details jsonb NOT NULL,
    topic text COLLATE "C" NOT NULL,
    read_at timestamptz,
    UNIQUE (person, topic)
);
CREATE INDEX notification_of_person ON notification (person, at DESC, id DESC);
CREATE INDEX notification_unread ON notification (person) WHERE read_at IS NULL;
CREATE INDEX notification_at ON notification (at);
