-- The audit log: entries are added and never changed. Each carries a hash over itself and the entry before it (as in
-- RFC 6962's idea of a log, a plain chain here), so that one that was changed or taken out is found.
CREATE TABLE audit_entry (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor uuid,
    actor_name text NOT NULL,
    address text NOT NULL,
    action text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    object text COLLATE "C" NOT NULL,
    record_id uuid,
    details jsonb NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_record ON audit_entry (record_id, seq) WHERE record_id IS NOT NULL;

-- The newest entry, and the newest of those that were taken out because their time was over.
CREATE TABLE audit_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    pruned_seq bigint NOT NULL,
    pruned_hash bytea NOT NULL
);
INSERT INTO audit_head (seq, hash, pruned_seq, pruned_hash) VALUES (0, ''::bytea, 0, ''::bytea);

CREATE FUNCTION audit_bytes(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(
        e.seq, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor, e.actor_name, e.address, e.action, e.outcome, e.object,
        e.record_id, e.details)::text, 'UTF8')
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit_head%ROWTYPE;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    NEW.seq := head.seq + 1;
    NEW.at := clock_timestamp();
    NEW.hash := sha256(head.hash || audit_bytes(NEW));
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('rapport.audit_prune', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'Entries of the audit log are never changed';
END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();

-- Takes out all entries before a moment; the chain goes on from the last of them.
CREATE FUNCTION audit_prune(before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last audit_entry%ROWTYPE;
    pruned bigint;
BEGIN
    PERFORM 1 FROM audit_head FOR UPDATE;
    SELECT * INTO last FROM audit_entry WHERE at < before ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN RETURN 0; END IF;
    PERFORM set_config('rapport.audit_prune', 'on', true);
    DELETE FROM audit_entry WHERE seq <= last.seq;
    GET DIAGNOSTICS pruned = ROW_COUNT;
    PERFORM set_config('rapport.audit_prune', 'off', true);
    UPDATE audit_head SET pruned_seq = last.seq, pruned_hash = last.hash;
    RETURN pruned;
END $$;

-- How many entries there are, and the first at which the chain is broken (the one behind the last, if that is missing).
CREATE VIEW audit_verification AS
    WITH head AS (SELECT * FROM audit_head),
    chain AS (
        SELECT e.seq,
               e.hash = sha256(coalesce(lag(e.hash) OVER w, head.pruned_hash) || audit_bytes(e))
                   AND e.seq = coalesce(lag(e.seq) OVER w, head.pruned_seq) + 1 AS holds
        FROM audit_entry AS e, head
        WINDOW w AS (ORDER BY e.seq))
    SELECT count(*) AS checked,
           coalesce(min(chain.seq) FILTER (WHERE NOT chain.holds),
               CASE WHEN coalesce(max(chain.seq), (SELECT pruned_seq FROM head)) <> (SELECT seq FROM head)
                     OR (SELECT hash FROM head) <> coalesce(
                         (SELECT hash FROM audit_entry ORDER BY seq DESC LIMIT 1), (SELECT pruned_hash FROM head))
                    THEN coalesce(max(chain.seq), (SELECT pruned_seq FROM head)) + 1 END) AS broken
    FROM chain;
