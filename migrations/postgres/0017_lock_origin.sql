-- +goose Up
-- Who locked: the office and the directory each have a lock of their own, and each opens only its own. What was locked before counts as
-- the office's: nobody knows who did it.
ALTER TABLE persons ADD COLUMN locked_by text NOT NULL DEFAULT '';
UPDATE persons SET locked_by = 'clerk' WHERE locked_at IS NOT NULL;
ALTER TABLE persons ADD COLUMN directory_locked_at timestamptz;

-- True: made by the directory, and no clerk has given a seat or a role yet; what groups give does not count.
ALTER TABLE persons ADD COLUMN unconfirmed boolean NOT NULL DEFAULT false;

-- Another address that the directory wants, until a clerk decides; the last one that was refused.
ALTER TABLE scim_users ADD COLUMN wanted text NOT NULL DEFAULT '';
ALTER TABLE scim_users ADD COLUMN wanted_at timestamptz;
ALTER TABLE scim_users ADD COLUMN refused text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE scim_users DROP COLUMN refused;
ALTER TABLE scim_users DROP COLUMN wanted_at;
ALTER TABLE scim_users DROP COLUMN wanted;
ALTER TABLE persons DROP COLUMN unconfirmed;
UPDATE persons SET locked_at = directory_locked_at WHERE locked_at IS NULL;
ALTER TABLE persons DROP COLUMN directory_locked_at;
ALTER TABLE persons DROP COLUMN locked_by;
