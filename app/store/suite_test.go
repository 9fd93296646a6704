package store_test

import (
	"context"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/store"
	"ris/auth/policy"
)

var (
	ctx    = context.Background()
	system = policy.System("test")
	epoch  = time.Date(2026, 11, 21, 8, 30, 0, 123456000, time.UTC)
)

// onBoth runs the behaviour on SQLite and on PostgreSQL (as a role that owns nothing), each with empty tables of its own.
func onBoth(t *testing.T, behaviour func(t *testing.T, s *store.Store)) {
	t.Helper()
	for name, dsn := range storetest.Kinds() {
		t.Run(name, func(t *testing.T) { behaviour(t, open(t, dsn(t))) })
	}
}

func open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(ctx, store.Config{DSN: dsn})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(ctx))
	return s
}

// bySystem runs a statement past the store, as named work that the row policies let through.
func bySystem(t testing.TB, s *store.Store, statement string) {
	t.Helper()
	tx, err := s.DB().BeginTx(ctx, nil)
	must(t, err)
	if s.Dialect() == jobs.Postgres {
		_, err = tx.ExecContext(ctx, "SELECT set_config('ris.system', 'test', true)")
		must(t, err)
	}
	_, err = tx.ExecContext(ctx, statement)
	must(t, err)
	must(t, tx.Commit())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKind asserts that err is of the kind; council.Internal is never expected.
func wantKind(t testing.TB, what string, err error, kind council.Kind) {
	t.Helper()
	if err == nil || council.KindOf(err) != kind {
		t.Errorf("%s: %v, want an error of kind %d", what, err, kind)
	}
}

// town is the least that other objects refer to.
type town struct {
	body   council.Body
	term   council.LegislativeTerm
	org    council.Organization
	person council.Person
	other  council.Person
}

func newTown(t testing.TB, s *store.Store) town {
	t.Helper()
	var w town
	w.body = council.Body{Name: "Stadt Lindenbrück"}
	must(t, s.SaveBody(ctx, &w.body))
	w.term = council.LegislativeTerm{Body: w.body.ID, Name: "2025-2030", Start: time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)}
	must(t, s.SaveTerm(ctx, &w.term))
	w.org = council.Organization{Body: w.body.ID, Name: "Bauausschuss", Type: council.Committee}
	must(t, s.SaveOrganization(ctx, &w.org))
	w.person = council.Person{Body: w.body.ID, Name: "Ada Öhler", FamilyName: "Öhler", Account: "ada@demo.example"}
	must(t, s.SavePerson(ctx, &w.person))
	w.other = council.Person{Body: w.body.ID, Name: "Ben Zorn", FamilyName: "Zorn", Account: "ben@demo.example"}
	must(t, s.SavePerson(ctx, &w.other))
	return w
}

func (w town) meeting(t testing.TB, s *store.Store, a council.Audience, start time.Time) council.Meeting {
	t.Helper()
	m := council.Meeting{Body: w.body.ID, Name: "Sitzung", Organizations: []council.ID{w.org.ID}, Start: start, State: council.Draft, Audience: a}
	must(t, s.SaveMeeting(ctx, &m))
	return m
}

func (w town) paper(t testing.TB, s *store.Store, a council.Audience) council.Paper {
	t.Helper()
	p := council.Paper{Body: w.body.ID, Name: "Vorlage", State: council.Draft, Audience: a}
	must(t, s.SavePaper(ctx, &p))
	return p
}

// version makes a file with one version on the paper.
func (w town) version(t testing.TB, s *store.Store, p council.Paper) (council.File, council.FileVersion) {
	t.Helper()
	f := council.File{Body: w.body.ID, Paper: p.ID, Role: council.MainFile, State: council.Draft, Audience: p.Audience}
	must(t, s.SaveFile(ctx, &f))
	v := council.FileVersion{Body: w.body.ID, File: f.ID, Paper: p.ID, Number: 1, State: council.Draft, Processing: council.Received, Audience: p.Audience}
	must(t, s.SaveFileVersion(ctx, &v))
	return f, v
}

// viewer computes the person's labels from what is stored.
func viewer(t testing.TB, s *store.Store, p council.Person) policy.Viewer {
	t.Helper()
	f, err := s.Facts(ctx, p.ID)
	must(t, err)
	return policy.ForPerson(f, epoch)
}

func readers(labels ...council.Label) council.Audience {
	return council.Audience{Allowed: labels}.Normal()
}

// ctxT keeps the functions of transactions short.
type ctxT = context.Context
