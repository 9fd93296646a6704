-- +goose Up
-- What the sign-in keeps of its own: passkeys, and what may be used only once.

-- A key of a person's device (WebAuthn Level 3). credential is the library's record as JSON (public key, counter, flags); the key's own
-- id is unique over all persons, as the specification wants it. rp is the host name to which the key is bound.
CREATE TABLE passkeys (
  id uuid NOT NULL PRIMARY KEY,
  person uuid NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  credential_id text NOT NULL,
  rp text NOT NULL,
  name text NOT NULL,
  credential bytea NOT NULL,
  last_used timestamptz,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL
);
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (credential_id);
CREATE INDEX passkeys_by_person ON passkeys (person);

-- Hashes of what counts once (logout tokens, answers of a sign-in, challenges), kept until it has run out by itself.
CREATE TABLE spent_tokens (
  hash text NOT NULL PRIMARY KEY,
  expires timestamptz NOT NULL
);
CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires);

-- +goose Down
DROP TABLE spent_tokens;
DROP TABLE passkeys;
