-- +goose Up
-- Merged packets of meetings: one base for all who may read the same. content is what it is made of (JSON), prepared the base
-- (council.Prepared as JSON) in blob. A packet is found by its id alone, which is made of what the asking person may read.

CREATE TABLE packets (
  id UUID NOT NULL PRIMARY KEY,
  body UUID NOT NULL REFERENCES bodies (id),
  meeting UUID NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  content TEXT NOT NULL,
  pages BIGINT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  blob TEXT NOT NULL,
  prepared TEXT NOT NULL,
  created TIMESTAMPTZ NOT NULL,
  used TIMESTAMPTZ NOT NULL
);
CREATE INDEX packets_by_meeting ON packets (meeting);
CREATE INDEX packets_by_used ON packets (used);

-- The versions in it, in order: a packet with one that is no longer given to readers is deleted.
CREATE TABLE packet_versions (
  packet UUID NOT NULL REFERENCES packets (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  version UUID NOT NULL REFERENCES file_versions (id) ON DELETE CASCADE,
  PRIMARY KEY (packet, position)
);
CREATE INDEX packet_versions_by_version ON packet_versions (version);

-- +goose Down
DROP TABLE packet_versions;
DROP TABLE packets;
