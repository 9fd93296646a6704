-- +goose Up
-- Sessions that are ended and say why, devices (one row per browser and person) with their offline leases and orders to delete.

-- secret_hash: SHA-256 of the device's cookie. name is empty until the person gives one. The wipe_ times are the states of a lost device:
-- ordered, delivered (the order was answered to the device), confirmed (the device says that it has deleted).
CREATE TABLE devices (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES persons (id),
  secret_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  app_version TEXT NOT NULL,
  offline_papers INTEGER NOT NULL,
  home_screen INTEGER NOT NULL,
  touch INTEGER NOT NULL,
  reported_at TEXT,
  last_seen TEXT NOT NULL,
  lease_issued TEXT,
  lease_until TEXT,
  wipe_ordered_at TEXT,
  wipe_ordered_by TEXT REFERENCES persons (id),
  wipe_delivered_at TEXT,
  wipe_confirmed_at TEXT,
  created TEXT NOT NULL,
  modified TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_by_person ON devices (person);

-- device_hash repeats the device's secret_hash, so that each request is held to its device without another query. rights are the
-- offices under which the present token was given out. previous_hash is the token before, good for seconds after rotated_at.
ALTER TABLE sessions ADD COLUMN device TEXT REFERENCES devices (id) ON DELETE SET NULL;
ALTER TABLE sessions ADD COLUMN device_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN acr TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN amr TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN rights TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN previous_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN rotated_at TEXT;
ALTER TABLE sessions ADD COLUMN revoked_at TEXT;
ALTER TABLE sessions ADD COLUMN revoked_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_by_device ON sessions (device);
CREATE INDEX sessions_by_previous ON sessions (previous_hash);
CREATE INDEX sessions_by_subject ON sessions (issuer, subject);

-- +goose Down
DROP INDEX sessions_by_subject;
DROP INDEX sessions_by_previous;
DROP INDEX sessions_by_device;
ALTER TABLE sessions DROP COLUMN revoked_reason;
ALTER TABLE sessions DROP COLUMN revoked_at;
ALTER TABLE sessions DROP COLUMN rotated_at;
ALTER TABLE sessions DROP COLUMN previous_hash;
ALTER TABLE sessions DROP COLUMN rights;
ALTER TABLE sessions DROP COLUMN amr;
ALTER TABLE sessions DROP COLUMN acr;
ALTER TABLE sessions DROP COLUMN device_hash;
ALTER TABLE sessions DROP COLUMN device;
DROP TABLE devices;
