package store

import (
	"context"
	"fmt"

	"ris/app/jobs"
)

// SecondNet says how far row-level security holds this connection, for `ris doctor`.
type SecondNet struct {
	Applies   bool     // PostgreSQL; SQLite has none
	Role      string   // who connects
	Bypasses  bool     // a superuser, or a role with BYPASSRLS: no policy holds it
	Owner     bool     // owns tables: could take the policies off
	OpenTable []string // tables without a policy in force
}

// On reports whether the second net is there as it should be.
func (n SecondNet) On() bool { return n.Applies && !n.Bypasses && !n.Owner && len(n.OpenTable) == 0 }

// SecondNet looks at the connecting role and the tables.
func (s *Store) SecondNet(ctx context.Context) (SecondNet, error) {
	n := SecondNet{Applies: s.dialect == jobs.Postgres}
	if !n.Applies {
		return n, nil
	}
	err := s.DB().QueryRowContext(ctx, `SELECT current_user, r.rolsuper OR r.rolbypassrls,
		EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = current_schema() AND pg_has_role(current_user, t.tableowner, 'USAGE'))
		FROM pg_roles r WHERE r.rolname = current_user`).Scan(&n.Role, &n.Bypasses, &n.Owner)
	if err != nil {
		return n, fmt.Errorf("database: %w", err)
	}
	n.OpenTable, err = column(ctx, s.DB(), `SELECT relname FROM (`+tablesOfOurs+`) t (relname, closed) WHERE NOT closed`)
	return n, err
}

// PortalRights lists what the connecting role has any right to beyond the publication read model, and what of it it may not read.
// Both are empty for the portal's role as it should be.
func (s *Store) PortalRights(ctx context.Context) (more, missing []string, err error) {
	if s.dialect != jobs.Postgres {
		return nil, nil, nil
	}
	const tables = `FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')`
	more, err = column(ctx, s.DB(), `SELECT c.relname `+tables+` AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
		OR NOT c.relname = ANY ($1) AND has_table_privilege(c.oid, 'SELECT')) ORDER BY 1`, PublicTables)
	if err == nil {
		missing, err = column(ctx, s.DB(), `SELECT c.relname `+tables+` AND c.relname = ANY ($1) AND NOT has_table_privilege(c.oid, 'SELECT') ORDER BY 1`, PublicTables)
	}
	return more, missing, err
}
