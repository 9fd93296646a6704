-- +goose Up
-- Who may read beyond seats and recorded substitutions: the Body's settings, standing deputies, guests of one agenda item, what a
-- conflict of interest does, and the offices of the Fraktionen.

-- One row a Body; a Body without one has the careful settings.
CREATE TABLE access_settings (
  id uuid NOT NULL PRIMARY KEY REFERENCES bodies (id),
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  conflict_mode text NOT NULL,
  deputies_read boolean NOT NULL,
  newcomers_read_older boolean NOT NULL,
  former_days bigint NOT NULL,
  mayor_reads boolean NOT NULL,
  group_offices_read boolean NOT NULL
);

CREATE TABLE deputies (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  organization uuid NOT NULL REFERENCES organizations (id),
  person uuid NOT NULL REFERENCES persons (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX deputies_by_person ON deputies (person);
CREATE INDEX deputies_by_body ON deputies (body);

CREATE TABLE guests (
  id uuid NOT NULL PRIMARY KEY,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL,
  body uuid NOT NULL REFERENCES bodies (id),
  meeting uuid NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  agenda_item uuid NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
  person uuid NOT NULL REFERENCES persons (id),
  reason text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  revoked timestamptz
);
CREATE INDEX guests_by_person ON guests (person);
CREATE INDEX guests_by_agenda_item ON guests (agenda_item);
CREATE INDEX guests_by_meeting ON guests (meeting);

ALTER TABLE conflicts_of_interest ADD COLUMN mode text NOT NULL DEFAULT '';
ALTER TABLE conflicts_of_interest ADD COLUMN declared timestamptz;
CREATE INDEX conflicts_of_interest_by_person ON conflicts_of_interest (person);
ALTER TABLE grants ADD COLUMN organization uuid REFERENCES organizations (id);

-- +goose Down
ALTER TABLE grants DROP COLUMN organization;
DROP INDEX conflicts_of_interest_by_person;
ALTER TABLE conflicts_of_interest DROP COLUMN declared;
ALTER TABLE conflicts_of_interest DROP COLUMN mode;
DROP TABLE guests;
DROP TABLE deputies;
DROP TABLE access_settings;
