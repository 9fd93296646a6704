-- +goose Up
-- Uploads that can be resumed (tus 1.0); blobs that nothing names any more, until they are deleted; blobs found damaged.

-- state: open (bytes are coming), refused (all bytes are here, problem says why they were not taken), done (file names the result).
CREATE TABLE uploads (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  person TEXT NOT NULL REFERENCES persons (id),
  paper TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  replaces TEXT,
  reason TEXT NOT NULL,
  length INTEGER NOT NULL,
  expires TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  file TEXT
) STRICT;
CREATE INDEX uploads_by_person ON uploads (person, paper);
CREATE INDEX uploads_by_paper ON uploads (paper);
CREATE INDEX uploads_by_expires ON uploads (expires);

-- deleted_at: the bytes were taken away then; the row stays a while, so that a writer of the same bytes looks whether they are there.
CREATE TABLE blob_suspects (
  area TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  since TEXT NOT NULL,
  deleted_at TEXT,
  PRIMARY KEY (area, sha256)
) STRICT;

CREATE TABLE blob_damages (
  area TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  found_at TEXT NOT NULL,
  problem TEXT NOT NULL,
  healed_at TEXT,
  PRIMARY KEY (area, sha256)
) STRICT;

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
