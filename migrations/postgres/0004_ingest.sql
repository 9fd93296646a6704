-- +goose Up
-- Uploads that can be resumed (tus 1.0); blobs that nothing names any more, until they are deleted; blobs found damaged.

-- state: open (bytes are coming), refused (all bytes are here, problem says why they were not taken), done (file names the result).
CREATE TABLE uploads (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  person uuid NOT NULL REFERENCES persons (id),
  paper uuid NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
  role text NOT NULL,
  name text NOT NULL,
  file_name text NOT NULL,
  replaces uuid,
  reason text NOT NULL,
  length bigint NOT NULL,
  expires timestamptz NOT NULL,
  state text NOT NULL,
  problem text NOT NULL,
  file uuid
);
CREATE INDEX uploads_by_person ON uploads (person, paper);
CREATE INDEX uploads_by_paper ON uploads (paper);
CREATE INDEX uploads_by_expires ON uploads (expires);

-- deleted_at: the bytes were taken away then; the row stays a while, so that a writer of the same bytes looks whether they are there.
CREATE TABLE blob_suspects (
  area text NOT NULL,
  sha256 text NOT NULL,
  since timestamptz NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (area, sha256)
);

CREATE TABLE blob_damages (
  area text NOT NULL,
  sha256 text NOT NULL,
  found_at timestamptz NOT NULL,
  problem text NOT NULL,
  healed_at timestamptz,
  PRIMARY KEY (area, sha256)
);

CREATE INDEX file_versions_by_sha256 ON file_versions (sha256);
CREATE INDEX file_versions_by_prepared_blob ON file_versions (prepared_blob);
CREATE INDEX file_versions_by_prepared_public ON file_versions (prepared_public);
CREATE INDEX file_versions_by_converted ON file_versions (converted);

-- +goose Down
DROP INDEX file_versions_by_converted;
DROP INDEX file_versions_by_prepared_public;
DROP INDEX file_versions_by_prepared_blob;
DROP INDEX file_versions_by_sha256;
DROP TABLE blob_damages;
DROP TABLE blob_suspects;
DROP TABLE uploads;
