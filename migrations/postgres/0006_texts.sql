-- +goose Up
-- The way through a document (bookmarks, links, language) of each version, as JSON, and what the clerk should know before publishing it.

ALTER TABLE file_versions ADD COLUMN findings TEXT NOT NULL DEFAULT '';

CREATE TABLE document_outlines (
  version UUID NOT NULL PRIMARY KEY REFERENCES file_versions (id) ON DELETE CASCADE,
  data TEXT NOT NULL
);

-- +goose Down
DROP TABLE document_outlines;
ALTER TABLE file_versions DROP COLUMN findings;
