-- +goose Up
-- Whose copy is this: the installation's key from which the marks of copies are derived, the visible code of each copy given out, and the
-- search for the person behind a copy, which two persons must agree to.

-- Secrets of this installation, made once. They stand in no export and no log.
CREATE TABLE installation_keys (
  name TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL,
  created TEXT NOT NULL
) STRICT;

-- NULL: given before there were codes, and not opened since.
ALTER TABLE receipts ADD COLUMN code TEXT;
CREATE UNIQUE INDEX receipts_by_code ON receipts (code);

-- A merged packet given to a person. The packet may be made anew or deleted; what was given out stays known.
CREATE TABLE packet_receipts (
  person TEXT NOT NULL REFERENCES persons (id),
  packet TEXT NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  meeting TEXT NOT NULL,
  first_given TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (person, packet)
) STRICT;
CREATE UNIQUE INDEX packet_receipts_by_code ON packet_receipts (code);

-- An act that needs a second person. object is what the act is done to; expires bounds each state that is not an end.
CREATE TABLE releases (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL REFERENCES bodies (id),
  act TEXT NOT NULL,
  object TEXT,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  requested_by TEXT NOT NULL REFERENCES persons (id),
  decided_by TEXT REFERENCES persons (id),
  decided_at TEXT,
  decision TEXT NOT NULL DEFAULT '',
  used_at TEXT,
  expires TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX releases_by_body ON releases (body, created);

-- evidence is what was read from the file (no page of it), result whom it led to; both are emptied when the result expires.
CREATE TABLE traces (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL REFERENCES bodies (id),
  requested_by TEXT NOT NULL REFERENCES persons (id),
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  evidence TEXT NOT NULL,
  result TEXT NOT NULL DEFAULT '',
  traced_at TEXT,
  result_until TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX traces_by_body ON traces (body, created);

-- +goose Down
DROP TABLE traces;
DROP TABLE releases;
DROP TABLE packet_receipts;
DROP INDEX receipts_by_code;
ALTER TABLE receipts DROP COLUMN code;
DROP TABLE installation_keys;
