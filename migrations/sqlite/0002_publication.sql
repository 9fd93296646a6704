-- +goose Up
-- The publication read model: all that the portal and OParl can reach. Times are microseconds since 1970, UTC.
CREATE TABLE public_objects (
  id TEXT NOT NULL PRIMARY KEY,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  oparl TEXT NOT NULL,
  content TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  sort_at INTEGER NOT NULL
) STRICT;
CREATE INDEX public_objects_list ON public_objects (type, body, id);
CREATE INDEX public_objects_modified ON public_objects (type, modified);
CREATE INDEX public_objects_timeline ON public_objects (type, sort_at);

CREATE TABLE public_links (
  source TEXT NOT NULL,
  relation TEXT NOT NULL,
  target TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (source, relation, target)
) STRICT;
CREATE INDEX public_links_target ON public_links (target, relation);

CREATE TABLE public_files (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  paper TEXT NOT NULL,
  version TEXT NOT NULL,
  revision INTEGER NOT NULL,
  blob TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha512 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  pages INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;
CREATE INDEX public_files_blob ON public_files (blob);

CREATE TABLE public_pages (
  file TEXT NOT NULL,
  page INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (file, page)
) STRICT;

-- Checksums of written public renditions. It belongs to the gate, not to the public: a row can stand here before anything is published.
CREATE TABLE publication_renditions (
  blob TEXT NOT NULL PRIMARY KEY,
  sha512 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE publication_renditions;
DROP TABLE public_pages;
DROP TABLE public_files;
DROP TABLE public_links;
DROP TABLE public_objects;
