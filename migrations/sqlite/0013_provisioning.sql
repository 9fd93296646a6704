-- +goose Up
-- Persons and accounts brought in from outside: files with their undo, and the directory (SCIM 2.0, RFC 7643 and 7644).

-- NULL: may sign in. From then on a person holds no right and every session of theirs is void; council records stay.
ALTER TABLE persons ADD COLUMN locked_at TEXT;

-- Who keeps the role: '' by hand, 'directory' = by a group of the directory, which takes back only what it gave.
ALTER TABLE grants ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- One act on master data with what it changed: rows before and after, so that it can be taken back. changes is emptied after a month.
CREATE TABLE imports (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT,
  source TEXT NOT NULL,
  actor TEXT,
  changes TEXT NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  undone_at TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_body ON imports (body, created);

-- A program that may keep the accounts of one Body. The token itself is shown once and stored nowhere.
CREATE TABLE scim_clients (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL REFERENCES bodies (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  created_by TEXT,
  last_used TEXT,
  revoked_at TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX scim_clients_by_token ON scim_clients (token_hash);
CREATE INDEX scim_clients_by_body ON scim_clients (body);

-- What the directory calls a person. deleted_at: the directory has deleted the account; the person stays.
CREATE TABLE scim_users (
  person TEXT NOT NULL PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
  user_name TEXT NOT NULL,
  external_id TEXT NOT NULL,
  deleted_at TEXT
) STRICT;

-- A group of the directory. kind is the role that its members get, '' = none; it is chosen by the clerk.
CREATE TABLE scim_groups (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL REFERENCES bodies (id),
  display_name TEXT NOT NULL,
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX scim_groups_by_body ON scim_groups (body);

CREATE TABLE scim_group_members (
  scim_group TEXT NOT NULL REFERENCES scim_groups (id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  PRIMARY KEY (scim_group, person)
) STRICT;
CREATE INDEX scim_group_members_by_person ON scim_group_members (person);

-- +goose Down
DROP TABLE scim_group_members;
DROP TABLE scim_groups;
DROP TABLE scim_users;
DROP TABLE scim_clients;
DROP TABLE imports;
ALTER TABLE grants DROP COLUMN source;
ALTER TABLE persons DROP COLUMN locked_at;
