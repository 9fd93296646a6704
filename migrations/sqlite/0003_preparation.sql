-- +goose Up
-- How papers are prepared: the mode (council.PreparationMode) by the paper's type, by the clerk's choice for one file, and as it was done;
-- where a base has slots besides the mark's; originals that are no PDF; text recognition.

ALTER TABLE files ADD COLUMN mode TEXT NOT NULL DEFAULT '';

ALTER TABLE file_versions ADD COLUMN prepared_parts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE file_versions ADD COLUMN media_type TEXT NOT NULL DEFAULT '';
ALTER TABLE file_versions ADD COLUMN converted TEXT NOT NULL DEFAULT '';
ALTER TABLE file_versions ADD COLUMN ocr TEXT NOT NULL DEFAULT '';
ALTER TABLE file_versions ADD COLUMN language TEXT NOT NULL DEFAULT '';

CREATE TABLE preparation_modes (
  body TEXT NOT NULL REFERENCES bodies (id),
  paper_type TEXT NOT NULL,
  mode TEXT NOT NULL,
  PRIMARY KEY (body, paper_type)
) STRICT;

-- +goose Down
DROP TABLE preparation_modes;
ALTER TABLE file_versions DROP COLUMN language;
ALTER TABLE file_versions DROP COLUMN ocr;
ALTER TABLE file_versions DROP COLUMN converted;
ALTER TABLE file_versions DROP COLUMN media_type;
ALTER TABLE file_versions DROP COLUMN prepared_parts;
ALTER TABLE files DROP COLUMN mode;
