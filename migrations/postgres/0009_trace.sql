-- +goose Up
-- Whose copy is this: the installation's key from which the marks of copies are derived, the visible code of each copy given out, and the
-- search for the person behind a copy, which two persons must agree to.

-- Secrets of this installation, made once. They stand in no export and no log.
CREATE TABLE installation_keys (
  name text NOT NULL PRIMARY KEY,
  secret bytea NOT NULL,
  created timestamptz NOT NULL
);

-- NULL: given before there were codes, and not opened since.
ALTER TABLE receipts ADD COLUMN code text;
CREATE UNIQUE INDEX receipts_by_code ON receipts (code);

-- A merged packet given to a person. The packet may be made anew or deleted; what was given out stays known.
CREATE TABLE packet_receipts (
  person uuid NOT NULL REFERENCES persons (id),
  packet uuid NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  meeting uuid NOT NULL,
  first_given timestamptz NOT NULL,
  code text NOT NULL,
  PRIMARY KEY (person, packet)
);
CREATE UNIQUE INDEX packet_receipts_by_code ON packet_receipts (code);

-- An act that needs a second person. object is what the act is done to; expires bounds each state that is not an end.
CREATE TABLE releases (
  id uuid NOT NULL PRIMARY KEY,
  body uuid NOT NULL REFERENCES bodies (id),
  act text NOT NULL,
  object uuid,
  reason text NOT NULL,
  state text NOT NULL,
  requested_by uuid NOT NULL REFERENCES persons (id),
  decided_by uuid REFERENCES persons (id),
  decided_at timestamptz,
  decision text NOT NULL DEFAULT '',
  used_at timestamptz,
  expires timestamptz NOT NULL,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX releases_by_body ON releases (body, created);

-- evidence is what was read from the file (no page of it), result whom it led to; both are emptied when the result expires.
CREATE TABLE traces (
  id uuid NOT NULL PRIMARY KEY,
  body uuid NOT NULL REFERENCES bodies (id),
  requested_by uuid NOT NULL REFERENCES persons (id),
  file_name text NOT NULL,
  media_type text NOT NULL,
  size bigint NOT NULL,
  sha256 text NOT NULL,
  evidence text NOT NULL,
  result text NOT NULL DEFAULT '',
  traced_at timestamptz,
  result_until timestamptz,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX traces_by_body ON traces (body, created);

-- +goose Down
DROP TABLE traces;
DROP TABLE releases;
DROP TABLE packet_receipts;
DROP INDEX receipts_by_code;
ALTER TABLE receipts DROP COLUMN code;
DROP TABLE installation_keys;
