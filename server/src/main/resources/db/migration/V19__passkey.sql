-- Passkeys (WebAuthn Level 3): the public key of a device, by which its owner signs in.
CREATE TABLE passkey (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL,
    credential_id bytea NOT NULL UNIQUE,
    -- authenticator's model, credential id and public key, as WebAuthn 6.5.1 lays them out
    credential bytea NOT NULL,
    name text NOT NULL,
    sign_count bigint NOT NULL,
    -- whether the device may copy the key to the owner's other devices, and whether it has
    backup_eligible boolean NOT NULL,
    backed_up boolean NOT NULL,
    transports text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz
);
CREATE INDEX passkey_user ON passkey (user_id);

-- What a device was asked to sign: each works once, for whom it was made for, or for anybody who signs in.
CREATE TABLE passkey_challenge (
    challenge_hash bytea PRIMARY KEY,
    user_id uuid,
    expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);
