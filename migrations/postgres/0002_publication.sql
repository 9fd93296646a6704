-- +goose Up
-- The publication read model: all that the portal and OParl can reach. Times are microseconds since 1970, UTC.
CREATE TABLE public_objects (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  type text NOT NULL,
  body text COLLATE "C" NOT NULL,
  oparl text NOT NULL,
  content text NOT NULL,
  created bigint NOT NULL,
  modified bigint NOT NULL,
  deleted boolean NOT NULL,
  sort_at bigint NOT NULL
);
CREATE INDEX public_objects_list ON public_objects (type, body, id);
CREATE INDEX public_objects_modified ON public_objects (type, modified);
CREATE INDEX public_objects_timeline ON public_objects (type, sort_at);

CREATE TABLE public_links (
  source text COLLATE "C" NOT NULL,
  relation text NOT NULL,
  target text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (source, relation, target)
);
CREATE INDEX public_links_target ON public_links (target, relation);

CREATE TABLE public_files (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  body text COLLATE "C" NOT NULL,
  paper text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  blob text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  sha512 text NOT NULL,
  file_name text NOT NULL,
  pages integer NOT NULL,
  modified bigint NOT NULL
);
CREATE INDEX public_files_blob ON public_files (blob);

CREATE TABLE public_pages (
  file text COLLATE "C" NOT NULL,
  page integer NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (file, page)
);

-- Checksums of written public renditions. It belongs to the gate, not to the public: a row can stand here before anything is published.
CREATE TABLE publication_renditions (
  blob text COLLATE "C" NOT NULL PRIMARY KEY,
  sha512 text NOT NULL,
  size bigint NOT NULL
);

-- +goose Down
DROP TABLE publication_renditions;
DROP TABLE public_pages;
DROP TABLE public_files;
DROP TABLE public_links;
DROP TABLE public_objects;
