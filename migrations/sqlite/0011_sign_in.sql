-- +goose Up
-- What the sign-in keeps of its own: passkeys, and what may be used only once.

-- A key of a person's device (WebAuthn Level 3). credential is the library's record as JSON (public key, counter, flags); the key's own
-- id is unique over all persons, as the specification wants it. rp is the host name to which the key is bound.
CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  credential_id TEXT NOT NULL,
  rp TEXT NOT NULL,
  name TEXT NOT NULL,
  credential BLOB NOT NULL,
  last_used TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (credential_id);
CREATE INDEX passkeys_by_person ON passkeys (person);

-- Hashes of what counts once (logout tokens, answers of a sign-in, challenges), kept until it has run out by itself.
CREATE TABLE spent_tokens (
  hash TEXT NOT NULL PRIMARY KEY,
  expires TEXT NOT NULL
) STRICT;
CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires);

-- +goose Down
DROP TABLE spent_tokens;
DROP TABLE passkeys;
