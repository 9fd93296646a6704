-- +goose Up
-- What is made of a version for showing it: pictures of its pages in one blob with their places (JSON), the base of a reduced copy
-- (council.Prepared as JSON) in reading_blob, and how accessible it is (JSON). As secret as the version.

CREATE TABLE renditions (
  version UUID NOT NULL PRIMARY KEY REFERENCES file_versions (id) ON DELETE CASCADE,
  thumbnails TEXT NOT NULL,
  pictures TEXT NOT NULL,
  reading_blob TEXT NOT NULL,
  reading TEXT NOT NULL,
  accessibility TEXT NOT NULL,
  made TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE renditions;
