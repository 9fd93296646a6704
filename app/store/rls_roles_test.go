package store_test

import (
	"database/sql"
	"net/url"
	"testing"

	"ris/app/apptest/pgtest"
	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// An installation with one role for everything gets its roles by the printed SQL and one `ris migrate`: the tables change hands, the
// service goes on, the net holds it, the portal's role reads what is published. Both can be done again.
func TestOneRoleBecomesThree(t *testing.T) {
	admin := pgtest.DSN(t)
	db, err := sql.Open("pgx", admin)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	address, err := url.Parse(admin)
	must(t, err)
	as := func(role string) string {
		u := *address
		u.User = url.UserPassword(role, "secret")
		return u.String()
	}
	run := func(statement string) {
		t.Helper()
		_, err := db.Exec(statement)
		must(t, err)
	}
	names := store.RoleNames{Database: address.Path[1:], Owner: "stadt-owner", App: "stadt app", Portal: "stadt_portal", Now: "stadt_ris"}
	run(`CREATE ROLE stadt_ris LOGIN PASSWORD 'secret'; ALTER DATABASE ` + names.Database + ` OWNER TO stadt_ris`)
	before := open(t, as("stadt_ris"))
	w := newTown(t, before)
	p := w.paper(t, before, readers(policy.LabelPublic))
	if net, err := before.SecondNet(ctx); err != nil || !net.Owner || net.On() {
		t.Errorf("one role: %+v %v", net, err)
	}
	for range 2 {
		run(store.RolesSQL(names))
		run(`ALTER ROLE "stadt-owner" PASSWORD 'secret'; ALTER ROLE "stadt app" PASSWORD 'secret'; ALTER ROLE stadt_portal PASSWORD 'secret'`)
		owner, err := store.Open(ctx, store.Config{DSN: as(names.Owner), Roles: store.Roles{App: names.App, Portal: names.Portal}})
		must(t, err)
		must(t, owner.Migrate(ctx))
		must(t, owner.Close())
	}
	service := open(t, as(names.App))
	if net, err := service.SecondNet(ctx); err != nil || !net.On() {
		t.Errorf("three roles: %+v %v", net, err)
	}
	if _, err := service.Paper(ctx, policy.Anonymous(), p.ID); err != nil {
		t.Errorf("what was there is gone: %v", err)
	}
	w.paper(t, service, council.Audience{}) // and writing goes on
	portal, err := store.Open(ctx, store.Config{DSN: as(names.Portal), Connections: 1})
	must(t, err)
	defer portal.Close()
	if more, missing, err := portal.PortalRights(ctx); err != nil || len(more) > 0 || len(missing) > 0 {
		t.Errorf("the portal's role may %v, lacks %v (%v)", more, missing, err)
	}
	run(`GRANT SELECT ON papers TO stadt_portal; REVOKE SELECT ON public_pages FROM stadt_portal`)
	if more, missing, err := portal.PortalRights(ctx); err != nil || len(more) != 1 || len(missing) != 1 {
		t.Errorf("a right too many and one too few are not seen: %v %v %v", more, missing, err)
	}
}

// The service's role does not make tables: it says what to run.
func TestTheServiceAsksForMigrations(t *testing.T) {
	of := storetest.Roles(t)
	owner, err := sql.Open("pgx", of.Owner)
	must(t, err)
	defer owner.Close()
	_, err = owner.Exec("DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
	must(t, err)
	s, err := store.Open(ctx, store.Config{DSN: of.App})
	must(t, err)
	defer s.Close()
	wantKind(t, "an old database", s.Migrate(ctx), council.Unavailable)
}
