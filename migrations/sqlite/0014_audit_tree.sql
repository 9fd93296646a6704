-- +goose Up
-- The log becomes provable: committed lines get their place in a Merkle tree (app/audit/journal), whose hashes stand here as tiles.

-- sequence: the place in the tree, from 0; NULL until the one writer has come by. veils: what stands in the place of a person who was
-- erased (JSON, name of the field -> hex).
ALTER TABLE audit_entries ADD COLUMN sequence INTEGER;
ALTER TABLE audit_entries ADD COLUMN veils TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_entries_by_sequence ON audit_entries (sequence);
CREATE INDEX audit_entries_waiting ON audit_entries (at, id) WHERE sequence IS NULL;
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, at DESC, id DESC);
CREATE INDEX audit_entries_by_act ON audit_entries (act, at, id);

-- One row; it is locked while the tree grows.
CREATE TABLE audit_tree (
  name TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  modified TEXT NOT NULL
) STRICT;

-- 256 hashes of 32 bytes each, the last one of a level fewer. Level 0 holds the hashes of the lines; they stay when a line expires.
CREATE TABLE audit_tiles (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT;

-- Signed heads of the tree, one a day: they narrow down where a log was changed.
CREATE TABLE audit_checkpoints (
  size INTEGER NOT NULL PRIMARY KEY,
  note TEXT NOT NULL,
  created TEXT NOT NULL
) STRICT;

-- The key by which a person is bound to the lines of the log. When it is gone, nobody can tell any more whose lines they were.
CREATE TABLE audit_person_keys (
  person TEXT NOT NULL PRIMARY KEY,
  secret BLOB NOT NULL,
  created TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE audit_person_keys;
DROP TABLE audit_checkpoints;
DROP TABLE audit_tiles;
DROP TABLE audit_tree;
DROP INDEX audit_entries_by_act;
DROP INDEX audit_entries_by_actor;
DROP INDEX audit_entries_waiting;
DROP INDEX audit_entries_by_sequence;
ALTER TABLE audit_entries DROP COLUMN veils;
ALTER TABLE audit_entries DROP COLUMN sequence;
