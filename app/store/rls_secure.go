package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"

	"ris/app/council"
	"ris/app/jobs"
)

// PublicTables are the publication read model: all that the portal's role may read.
var PublicTables = []string{"public_files", "public_links", "public_objects", "public_pages"}

// ledgerTables are kept by goose and River themselves: the application reads them and never writes.
var ledgerTables = []string{"goose_db_version", "river_migration"}

// tablesOfOurs lists what is no bookkeeping of goose or River, with whether row-level security is in force.
const tablesOfOurs = `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
	WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname !~ '^(goose|river)_' ORDER BY 1`

// secure closes what migrations have left open: a table without row-level security gets the policy for facts (read by statements of
// the store that name no viewer, written by named work), so that no new table is ever open by being forgotten; then the roles named
// in Config get what they need and nothing else. It runs as the owner, after the migrations.
func (s *Store) secure(ctx context.Context, db *sql.DB) error {
	open, err := column(ctx, db, `SELECT relname FROM (`+tablesOfOurs+`) t (relname, closed) WHERE NOT closed`)
	if err != nil {
		return err
	}
	for _, table := range open {
		name := pgx.Identifier{table}.Sanitize()
		for _, statement := range []string{
			"ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY",
			"ALTER TABLE " + name + " FORCE ROW LEVEL SECURITY",
			"DROP POLICY IF EXISTS ris_system ON " + name,
			"DROP POLICY IF EXISTS ris_facts ON " + name,
			"CREATE POLICY ris_system ON " + name + " USING ((SELECT ris_system())) WITH CHECK ((SELECT ris_system()))",
			"CREATE POLICY ris_facts ON " + name + " FOR SELECT USING ((SELECT ris_facts()))",
		} {
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("row security of %s: %w", table, err)
			}
		}
	}
	return s.grant(ctx, db)
}

// grant: the application's role works with the rows of every table and owns none; the portal's reads the publication read model.
func (s *Store) grant(ctx context.Context, db *sql.DB) error {
	var me string
	if err := db.QueryRowContext(ctx, "SELECT current_user").Scan(&me); err != nil {
		return err
	}
	schema := "SELECT quote_ident(current_schema())"
	if err := db.QueryRowContext(ctx, schema).Scan(&schema); err != nil {
		return err
	}
	var all []string
	if app := s.roles.App; app != "" && app != me {
		role := pgx.Identifier{app}.Sanitize()
		all = append(all, "GRANT USAGE ON SCHEMA "+schema+" TO "+role,
			"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "+schema+" TO "+role,
			"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "+schema+" TO "+role)
		for _, t := range ledgerTables {
			all = append(all, "REVOKE INSERT, UPDATE, DELETE ON "+t+" FROM "+role)
		}
	}
	if portal := s.roles.Portal; portal != "" && portal != me && portal != s.roles.App {
		role := pgx.Identifier{portal}.Sanitize()
		all = append(all, "REVOKE ALL ON ALL TABLES IN SCHEMA "+schema+" FROM "+role, "REVOKE ALL ON ALL SEQUENCES IN SCHEMA "+schema+" FROM "+role,
			"GRANT USAGE ON SCHEMA "+schema+" TO "+role)
		for _, t := range PublicTables {
			all = append(all, "GRANT SELECT ON "+t+" TO "+role)
		}
	}
	for _, statement := range all {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("rights of the roles: %w (are they there? see: ris database roles)", err)
		}
	}
	return nil
}

// mayMigrate reports whether the connecting role owns the tables, or there are none yet.
func (s *Store) mayMigrate(ctx context.Context) (bool, error) {
	if s.dialect == jobs.SQLite {
		return true, nil
	}
	var owner bool
	err := s.DB().QueryRowContext(ctx, `SELECT coalesce((SELECT pg_has_role(current_user, tableowner, 'USAGE') FROM pg_tables
		WHERE schemaname = current_schema() AND tablename = 'goose_db_version'), has_schema_privilege(current_schema(), 'CREATE'), false)`).Scan(&owner)
	return owner, err
}

// mustBeMigrated is Migrate for a role that owns nothing: all is well when somebody else has done it.
func (s *Store) mustBeMigrated(ctx context.Context) error {
	have, want, err := s.Version(ctx)
	if err != nil {
		return failed(err)
	}
	if have < want {
		return council.E(council.Unavailable, "error.unavailable").Because(fmt.Errorf(
			"the database has version %d of %d, and this role owns no table: run `ris migrate` with RIS_DATABASE_OWNER_URL first", have, want))
	}
	return nil
}

// column is a list of texts.
func column(ctx context.Context, db *sql.DB, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}
