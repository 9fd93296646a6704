-- +goose Up
-- How far the work on each version is, for people: one row for each step (documents.Step). problem is a message key as
-- file_versions.problem.

CREATE TABLE processing_steps (
  version uuid NOT NULL REFERENCES file_versions (id) ON DELETE CASCADE,
  step text NOT NULL,
  state text NOT NULL,
  done bigint NOT NULL,
  total bigint NOT NULL,
  problem text NOT NULL,
  started timestamptz,
  ended timestamptz,
  tries bigint NOT NULL,
  PRIMARY KEY (version, step)
);
CREATE INDEX processing_steps_by_state ON processing_steps (state, version);

-- +goose Down
DROP TABLE processing_steps;
