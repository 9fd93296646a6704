-- +goose Up
-- Sessions that are ended and say why, devices (one row per browser and person) with their offline leases and orders to delete.

-- secret_hash: SHA-256 of the device's cookie. name is empty until the person gives one. The wipe_ times are the states of a lost device:
-- ordered, delivered (the order was answered to the device), confirmed (the device says that it has deleted).
CREATE TABLE devices (
  id uuid NOT NULL PRIMARY KEY,
  person uuid NOT NULL REFERENCES persons (id),
  secret_hash text NOT NULL UNIQUE,
  name text NOT NULL,
  user_agent text NOT NULL,
  app_version text NOT NULL,
  offline_papers bigint NOT NULL,
  home_screen boolean NOT NULL,
  touch boolean NOT NULL,
  reported_at timestamptz,
  last_seen timestamptz NOT NULL,
  lease_issued timestamptz,
  lease_until timestamptz,
  wipe_ordered_at timestamptz,
  wipe_ordered_by uuid REFERENCES persons (id),
  wipe_delivered_at timestamptz,
  wipe_confirmed_at timestamptz,
  created timestamptz NOT NULL,
  modified timestamptz NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX devices_by_person ON devices (person);

-- device_hash repeats the device's secret_hash, so that each request is held to its device without another query. rights are the
-- offices under which the present token was given out. previous_hash is the token before, good for seconds after rotated_at.
ALTER TABLE sessions ADD COLUMN device uuid REFERENCES devices (id) ON DELETE SET NULL;
ALTER TABLE sessions ADD COLUMN device_hash text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN acr text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN amr text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN rights text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN previous_hash text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN rotated_at timestamptz;
ALTER TABLE sessions ADD COLUMN revoked_at timestamptz;
ALTER TABLE sessions ADD COLUMN revoked_reason text NOT NULL DEFAULT '';
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
