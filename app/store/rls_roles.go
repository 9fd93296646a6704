package store

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// RoleNames are the roles of an installation on PostgreSQL. Now is who owns the tables today; empty = there are none yet.
type RoleNames struct{ Database, Owner, App, Portal, Now string }

// RolesSQL is what the administrator of the database runs once, for psql as a superuser. Rights to tables are not in it: Migrate gives
// them, because new tables come with each version. It can be run again.
func RolesSQL(n RoleNames) string {
	name := func(s string) string { return pgx.Identifier{s}.Sanitize() }
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("-- Roles of ris. Run it once as a superuser: ris database roles | psql -v ON_ERROR_STOP=1 -d %s", n.Database)
	line("-- Then give each role a password (\\password %s), set RIS_DATABASE_OWNER_URL, RIS_DATABASE_URL and", n.Owner)
	line("-- RIS_PORTAL_DATABASE_URL, run `ris migrate`, and start the service without RIS_DATABASE_OWNER_URL's password in its reach.")
	for _, role := range []string{n.Owner, n.App, n.Portal} {
		line("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s) THEN CREATE ROLE %s LOGIN; END IF; END $$;", quoted(role), name(role))
		line("ALTER ROLE %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;", name(role))
	}
	line("ALTER DATABASE %s OWNER TO %s;", name(n.Database), name(n.Owner))
	line("REVOKE ALL ON DATABASE %s FROM PUBLIC;", name(n.Database))
	line("GRANT CONNECT ON DATABASE %s TO %s, %s, %s;", name(n.Database), name(n.Owner), name(n.App), name(n.Portal))
	line("REVOKE ALL ON SCHEMA public FROM PUBLIC;")
	line("GRANT USAGE, CREATE ON SCHEMA public TO %s;", name(n.Owner))
	line("GRANT USAGE ON SCHEMA public TO %s, %s;", name(n.App), name(n.Portal))
	if n.Now != "" && n.Now != n.Owner {
		// One by one: REASSIGN OWNED would take along what the role owns besides, and cannot be used for a superuser.
		line("DO $$ DECLARE o record; BEGIN")
		line("  FOR o IN SELECT c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')")
		line("    AND pg_get_userbyid(c.relowner) = %s AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')) LOOP", quoted(n.Now))
		line("    EXECUTE format('ALTER %%s public.%%I OWNER TO %%I', CASE o.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, o.relname, %s);", quoted(n.Owner))
		line("  END LOOP;")
		line("  FOR o IN SELECT p.oid::regprocedure::text AS relname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = %s LOOP", quoted(n.Now))
		line("    EXECUTE format('ALTER FUNCTION %%s OWNER TO %%I', o.relname, %s);", quoted(n.Owner))
		line("  END LOOP;")
		line("  FOR o IN SELECT t.typname AS relname FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd') AND pg_get_userbyid(t.typowner) = %s LOOP", quoted(n.Now))
		line("    EXECUTE format('ALTER TYPE public.%%I OWNER TO %%I', o.relname, %s);", quoted(n.Owner))
		line("  END LOOP;")
		line("END $$;")
		line("-- The old role keeps what it was granted elsewhere; when nothing else uses it: DROP OWNED BY %s; DROP ROLE %s;", name(n.Now), name(n.Now))
	}
	return b.String()
}
