-- +goose Up
-- SQLite has no row-level security: the store's filter and the publication read model are the nets there. See postgres/0015_row_security.sql.
SELECT 1;

-- +goose Down
SELECT 1;
