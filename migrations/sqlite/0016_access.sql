-- +goose Up
-- Who may read beyond seats and recorded substitutions: the Body's settings, standing deputies, guests of one agenda item, what a
-- conflict of interest does, and the offices of the Fraktionen.

-- One row a Body; a Body without one has the careful settings.
CREATE TABLE access_settings (
  id TEXT NOT NULL PRIMARY KEY REFERENCES bodies (id),
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  conflict_mode TEXT NOT NULL,
  deputies_read INTEGER NOT NULL,
  newcomers_read_older INTEGER NOT NULL,
  former_days INTEGER NOT NULL,
  mayor_reads INTEGER NOT NULL,
  group_offices_read INTEGER NOT NULL
) STRICT;

CREATE TABLE deputies (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  organization TEXT NOT NULL REFERENCES organizations (id),
  person TEXT NOT NULL REFERENCES persons (id),
  starts_at TEXT NOT NULL,
  ends_at TEXT
) STRICT;
CREATE INDEX deputies_by_person ON deputies (person);
CREATE INDEX deputies_by_body ON deputies (body);

CREATE TABLE guests (
  id TEXT NOT NULL PRIMARY KEY,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL REFERENCES bodies (id),
  meeting TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  agenda_item TEXT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES persons (id),
  reason TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  revoked TEXT
) STRICT;
CREATE INDEX guests_by_person ON guests (person);
CREATE INDEX guests_by_agenda_item ON guests (agenda_item);
CREATE INDEX guests_by_meeting ON guests (meeting);

ALTER TABLE conflicts_of_interest ADD COLUMN mode TEXT NOT NULL DEFAULT '';
ALTER TABLE conflicts_of_interest ADD COLUMN declared TEXT;
CREATE INDEX conflicts_of_interest_by_person ON conflicts_of_interest (person);
ALTER TABLE grants ADD COLUMN organization TEXT REFERENCES organizations (id);

-- +goose Down
ALTER TABLE grants DROP COLUMN organization;
DROP INDEX conflicts_of_interest_by_person;
ALTER TABLE conflicts_of_interest DROP COLUMN declared;
ALTER TABLE conflicts_of_interest DROP COLUMN mode;
DROP TABLE guests;
DROP TABLE deputies;
DROP TABLE access_settings;
