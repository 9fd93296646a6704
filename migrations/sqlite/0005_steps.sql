-- +goose Up
-- How far the work on each version is, for people: one row for each step (documents.Step). problem is a message key as
-- file_versions.problem.

CREATE TABLE processing_steps (
  version TEXT NOT NULL REFERENCES file_versions (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  problem TEXT NOT NULL,
  started TEXT,
  ended TEXT,
  tries INTEGER NOT NULL,
  PRIMARY KEY (version, step)
) STRICT;
CREATE INDEX processing_steps_by_state ON processing_steps (state, version);

-- +goose Down
DROP TABLE processing_steps;
