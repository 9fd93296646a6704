-- +goose Up
-- What changed between two versions of a file (app/council/difference.go), packed by documents/compare. As secret as both versions.

CREATE TABLE differences (
  old_version TEXT NOT NULL REFERENCES file_versions (id) ON DELETE CASCADE,
  new_version TEXT NOT NULL REFERENCES file_versions (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  data BLOB NOT NULL,
  made TEXT NOT NULL,
  PRIMARY KEY (old_version, new_version)
) STRICT;
CREATE INDEX differences_by_new ON differences (new_version);

-- +goose Down
DROP TABLE differences;
