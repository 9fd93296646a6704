package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/store"
	"ris/auth/policy"
)

// factTables are read by statements of the store that name no viewer, and by no statement under a viewer's labels. Each has its
// reason: a table that holds what a paper says, or what belongs to one reader, has no place here and gets a policy in a migration.
var factTables = map[string]string{
	"access_settings":        "settings of a Body, from which a viewer's rights are computed",
	"annotation_feeds":       "one counter a person",
	"audience_labels":        "who reads what, loaded with the objects that a viewer was let to see",
	"audit_checkpoints":      "hashes",
	"audit_entries":          "the log: app/audit says who may read it; it holds no content",
	"audit_person_keys":      "keys of pseudonyms, dropped when a person is erased",
	"audit_tiles":            "hashes",
	"audit_tree":             "hashes",
	"blob_damages":           "hashes of blobs",
	"blob_suspects":          "hashes of blobs",
	"bodies":                 "master data, public",
	"conflicts_of_interest":  "facts from which rights are computed",
	"consultations":          "links, shown when paper and item may be read; under a viewer's labels those of readable papers",
	"deputies":               "facts from which rights are computed",
	"devices":                "looked up before it is known who asks",
	"grants":                 "facts from which rights are computed",
	"guests":                 "facts from which rights are computed",
	"identities":             "looked up before it is known who asks",
	"imports":                "provisioning, for those who keep persons",
	"installation_keys":      "secrets of the installation, read by the system alone",
	"legislative_terms":      "master data, public",
	"locations":              "master data, public",
	"meeting_organizations":  "loaded with meetings that a viewer was let to see",
	"memberships":            "facts from which rights are computed",
	"organizations":          "master data, public",
	"packet_versions":        "ids alone",
	"packets":                "found by an id that is made of what the asking person may read",
	"passkeys":               "looked up before it is known who asks",
	"persons":                "master data; accounts are looked up before it is known who asks",
	"preparation_modes":      "settings of a Body",
	"publication_renditions": "hashes, of the gate",
	"releases":               "app/release says who may know of them",
	"scim_clients":           "provisioning, for those who keep persons",
	"scim_group_members":     "provisioning, for those who keep persons",
	"scim_groups":            "provisioning, for those who keep persons",
	"scim_users":             "provisioning, for those who keep persons",
	"sessions":               "looked up before it is known who asks; hashes of tokens",
	"spent_tokens":           "hashes",
	"substitutions":          "facts from which rights are computed",
	"traces":                 "app/trace says who may know of them",
}

// Every table of the schema is held by row-level security, the owner too; one that has no policy of its own stands in factTables
// with its reason, or is part of the publication read model.
func TestEveryTableIsInTheNet(t *testing.T) {
	s := open(t, storetest.Postgres(t))
	rows, err := s.DB().Query(`SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
		coalesce((SELECT string_agg(policyname, ' ' ORDER BY policyname) FROM pg_policies p WHERE p.schemaname = current_schema() AND p.tablename = c.relname), '')
		FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`)
	must(t, err)
	defer rows.Close()
	strict, seen := 0, map[string]bool{}
	for rows.Next() {
		var table, policies string
		var forced bool
		must(t, rows.Scan(&table, &forced, &policies))
		if strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "river_") {
			continue // bookkeeping; a job holds ids alone (app/jobs/kinds.go)
		}
		_, fact := factTables[table]
		seen[table] = true
		names := strings.Fields(policies)
		public := slices.Contains(store.PublicTables, table)
		switch {
		case !forced:
			t.Errorf("%s: row-level security is not in force", table)
		case !slices.Contains(names, "ris_system"):
			t.Errorf("%s: named work may not write it (%s)", table, policies)
		case slices.Contains(names, "ris_public") != public:
			t.Errorf("%s: public is what the publication read model holds, and no more (%s)", table, policies)
		case slices.Contains(names, "ris_facts") != fact:
			t.Errorf("%s: policies %q. Give it a row policy in its migration (ris_viewer, as in 0015), or name it in factTables with the reason why a "+
				"statement without a viewer may read all of it", table, policies)
		case !public && !fact && !slices.Contains(names, "ris_viewer"):
			t.Errorf("%s: neither a policy for viewers nor a reason (%s)", table, policies)
		}
		if slices.Contains(names, "ris_viewer") {
			strict++
		}
	}
	must(t, rows.Err())
	for table := range factTables {
		if !seen[table] {
			t.Errorf("factTables names %s, which is no table", table)
		}
	}
	if strict < 18 {
		t.Errorf("only %d tables have a policy for viewers", strict)
	}
}

// filled is a database with one row in every table, whatever its columns, made past all keys.
func filled(t *testing.T) (roles map[string]*sql.DB, tables []string) {
	t.Helper()
	of := storetest.Roles(t)
	open(t, of.App) // nothing is left to migrate
	roles = map[string]*sql.DB{}
	for name, dsn := range map[string]string{"admin": of.Admin, "app": of.App, "portal": of.Portal, "owner": of.Owner} {
		db, err := sql.Open("pgx", dsn)
		must(t, err)
		t.Cleanup(func() { _ = db.Close() })
		roles[name] = db
	}
	admin := roles["admin"]
	admin.SetMaxOpenConns(1)
	_, err := admin.Exec("SET session_replication_role = replica") // no foreign keys
	must(t, err)
	rows, err := admin.Query(`SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position),
		string_agg(CASE c.data_type WHEN 'uuid' THEN 'gen_random_uuid()' WHEN 'boolean' THEN 'false' WHEN 'bytea' THEN '''\x00''::bytea'
			WHEN 'timestamp with time zone' THEN 'now()' WHEN 'text' THEN '''x''' ELSE '1' END, ', ' ORDER BY c.ordinal_position)
		FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name !~ '^(goose|river)_' AND c.is_generated = 'NEVER' GROUP BY 1`)
	must(t, err)
	inserts := map[string]string{}
	for rows.Next() {
		var table, columns, values string
		must(t, rows.Scan(&table, &columns, &values))
		inserts[table] = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, columns, values)
	}
	must(t, errors.Join(rows.Err(), rows.Close()))
	for _, table := range slices.Sorted(maps.Keys(inserts)) {
		if _, err := admin.Exec(inserts[table]); err != nil {
			t.Fatalf("%s: %v", inserts[table], err)
		}
		tables = append(tables, table)
	}
	if len(tables) < 45 {
		t.Fatalf("only %d tables", len(tables))
	}
	return roles, tables
}

// The portal's role is refused by every table outside of the publication read model, bookkeeping included, and may change none.
func TestThePortalsRoleIsRefusedEverywhereElse(t *testing.T) {
	roles, _ := filled(t)
	rows, err := roles["admin"].Query("SELECT relname, relkind = 'S' FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')")
	must(t, err)
	all := map[string]bool{}
	for rows.Next() {
		var name string
		var sequence bool
		must(t, rows.Scan(&name, &sequence))
		all[name] = sequence
	}
	must(t, errors.Join(rows.Err(), rows.Close()))
	denied := 0
	for table, sequence := range all {
		var n int
		err := roles["portal"].QueryRow("SELECT count(*) FROM " + table).Scan(&n)
		if slices.Contains(store.PublicTables, table) {
			if err != nil || n != 1 {
				t.Errorf("%s is public, but the portal sees %d rows: %v", table, n, err)
			}
		} else if refused(err) {
			denied++
		} else {
			t.Errorf("the portal's role reads %s: %v", table, err)
		}
		if sequence {
			continue
		}
		for _, change := range []string{"DELETE FROM " + table, "INSERT INTO " + table + " DEFAULT VALUES", "TRUNCATE " + table} {
			if _, err := roles["portal"].Exec(change); !refused(err) {
				t.Errorf("the portal's role: %s: %v", change, err)
			}
		}
	}
	t.Logf("refused by %d of %d tables and sequences; the other %d are the publication read model", denied, len(all), len(store.PublicTables))
	if denied != len(all)-len(store.PublicTables) {
		t.Errorf("refused by %d of %d", denied, len(all)-len(store.PublicTables))
	}
}

// With one row of somebody else in every table: without any setting the service's role sees the publication read model and nothing
// more; so does somebody under labels of their own; without a viewer the store sees facts, and nothing that has readers.
func TestNobodyAndStrangersSeeNoRow(t *testing.T) {
	roles, tables := filled(t)
	stranger := string(policy.LabelPublic) + "\n" + string(policy.LabelPerson(council.NewID(epoch))) + "\n" + string(policy.LabelClerk(council.NewID(epoch)))
	for who, set := range map[string]string{
		"nobody":                     "SELECT 1",
		"the public":                 "SELECT set_config('ris.labels', 'public', true)",
		"a stranger":                 "SELECT set_config('ris.store', 'on', true), set_config('ris.labels', '" + stranger + "', true)",
		"the store without a viewer": "SELECT set_config('ris.store', 'on', true)",
		"named work":                 "SELECT set_config('ris.system', 'test', true)",
	} {
		for role, db := range map[string]*sql.DB{"app": roles["app"], "owner": roles["owner"]} { // FORCE holds the owner, too
			tx, err := db.Begin()
			must(t, err)
			_, err = tx.Exec(set)
			must(t, err)
			for _, table := range tables {
				_, fact := factTables[table]
				want := slices.Contains(store.PublicTables, table) || who == "named work" || who == "the store without a viewer" && fact
				var n int
				must(t, tx.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
				if (n > 0) != want {
					t.Errorf("%s (as %s): %d rows of %s", who, role, n, table)
				}
			}
			must(t, tx.Rollback())
		}
	}
	for _, table := range tables { // and nobody writes without a name
		if r, err := roles["app"].Exec("DELETE FROM " + table); err == nil {
			if n, _ := r.RowsAffected(); n > 0 {
				t.Errorf("nobody deleted %d rows of %s", n, table)
			}
		}
		_, err := roles["app"].Exec(fmt.Sprintf("INSERT INTO %s SELECT * FROM jsonb_populate_record(NULL::%s, '{}')", table, table))
		if !refused(err) {
			t.Errorf("nobody may write into %s: %v", table, err)
		}
	}
}

// refused: insufficient_privilege, also for a row that a policy does not let in (PostgreSQL manual, appendix A).
func refused(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

// The service's role cannot take the net off, and a viewer's rights do not come by asking for less security.
func TestTheServiceCannotTakeTheNetOff(t *testing.T) {
	roles, _ := filled(t)
	for _, statement := range []string{
		"ALTER TABLE papers DISABLE ROW LEVEL SECURITY", "ALTER TABLE papers NO FORCE ROW LEVEL SECURITY", "DROP POLICY ris_viewer ON papers",
		"CREATE POLICY open ON papers USING (true)", "CREATE TABLE mine (n int)", "CREATE VIEW mine AS SELECT * FROM papers", "DROP TABLE papers", "TRUNCATE papers",
		"CREATE OR REPLACE FUNCTION ris_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'", "SET ROLE ris_owner",
		"SET SESSION AUTHORIZATION ris_owner", "ALTER ROLE ris_app BYPASSRLS", "UPDATE goose_db_version SET version_id = 0", "SET session_replication_role = replica",
	} {
		if _, err := roles["app"].Exec(statement); !refused(err) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	roles["app"].SetMaxOpenConns(1)
	_, err := roles["app"].Exec("SET row_security = off")
	must(t, err)
	if _, err := roles["app"].Exec("SELECT * FROM papers"); !refused(err) {
		t.Errorf("with row_security off a query must fail, not show: %v", err)
	}
}

// A migration that changes rows meets them, although the policies hold the owner as well.
func TestMigrationsMeetTheirRows(t *testing.T) {
	of := storetest.Roles(t)
	app := open(t, of.App)
	newTown(t, app).paper(t, app, council.Audience{})
	owner, err := store.Open(ctx, store.Config{DSN: of.Owner})
	must(t, err)
	defer owner.Close()
	db, done, err := owner.Migrating()
	must(t, err)
	defer done()
	changed := func(db *sql.DB) int64 {
		r, err := db.Exec("UPDATE papers SET name = name")
		must(t, err)
		n, _ := r.RowsAffected()
		return n
	}
	if n := changed(db); n != 1 {
		t.Errorf("a migration meets %d papers of 1", n)
	}
	if n := changed(owner.DB()); n != 0 {
		t.Errorf("the owner without a reason meets %d papers", n)
	}
}

// What the doctor says of each role.
func TestTheSecondNetKnowsItsState(t *testing.T) {
	of := storetest.Roles(t)
	for name, want := range map[string]struct {
		dsn             string
		on, owner, over bool
	}{
		"app":    {of.App, true, false, false},
		"owner":  {of.Owner, false, true, false},
		"admin":  {of.Admin, false, true, true},
		"sqlite": {storetest.SQLite(t), false, false, false},
	} {
		s, err := store.Open(ctx, store.Config{DSN: want.dsn, Connections: 1})
		must(t, err)
		net, err := s.SecondNet(ctx)
		if err != nil || net.On() != want.on || net.Owner != want.owner || net.Bypasses != want.over || net.Applies != (s.Dialect() == jobs.Postgres) {
			t.Errorf("%s: %+v %v", name, net, err)
		}
		must(t, s.Close())
	}
}
