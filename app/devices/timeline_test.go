package devices_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/pgtest"
	"ris/app/council"
	"ris/app/devices"
	"ris/app/store"
	"ris/auth/lease"
	"ris/auth/policy"
	"ris/auth/session"
)

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

// town is one Body with a council, whose people come and go, under a clock of its own.
type town struct {
	t       testing.TB
	s       *store.Store
	service *devices.Service
	clock   time.Time
	body    council.Body
	org     council.Organization
}

func newTown(t testing.TB, dsn string) *town {
	t.Helper()
	w := &town{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { return w.clock }
	var err error
	w.s, err = store.Open(t.Context(), store.Config{DSN: dsn, Clock: now})
	w.must(err)
	t.Cleanup(func() { _ = w.s.Close() })
	w.must(w.s.Migrate(t.Context()))
	w.service = &devices.Service{Store: w.s, Sessions: session.NewManager(w.s, now), Clock: now, Zone: berlin}
	w.body = council.Body{Name: "Stadt Lindenbrück"}
	w.must(w.s.SaveBody(t.Context(), &w.body))
	w.must(w.s.SaveTerm(t.Context(), &council.LegislativeTerm{Body: w.body.ID, Name: "2025-2030", Start: day(2025, 11, 1)}))
	w.org = council.Organization{Body: w.body.ID, Name: "Rat", Type: council.Committee}
	w.must(w.s.SaveOrganization(t.Context(), &w.org))
	return w
}

func onBoth(t *testing.T, story func(t *testing.T, w *town)) {
	t.Run("sqlite", func(t *testing.T) { story(t, newTown(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"))) })
	t.Run("postgres", func(t *testing.T) { story(t, newTown(t, pgtest.DSN(t))) })
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func (w *town) person(name string) council.Person {
	p := council.Person{Body: w.body.ID, Name: name, FamilyName: name, Account: name + "@demo.example"}
	w.must(w.s.SavePerson(w.t.Context(), &p))
	return p
}

func (w *town) seat(p council.Person, end time.Time) council.Membership {
	m := council.Membership{Body: w.body.ID, Person: p.ID, Organization: w.org.ID, Start: day(2025, 11, 1), End: end}
	w.must(w.s.SaveMembership(w.t.Context(), &m))
	return m
}

func (w *town) grant(p council.Person, role council.Role) {
	w.must(w.s.SaveGrant(w.t.Context(), &council.Grant{Body: w.body.ID, Person: p.ID, Role: role, Start: day(2025, 11, 1)}))
}

func (w *town) viewer(p council.Person) policy.Viewer {
	facts, err := w.s.Facts(w.t.Context(), p.ID)
	w.must(err)
	return policy.ForPerson(facts, w.clock.In(berlin))
}

// signIn gives the browser's device and the tokens of its two cookies.
func (w *town) signIn(p council.Person, secret string) (d council.Device, token, kept string) {
	w.t.Helper()
	d, kept, err := w.service.Enter(w.t.Context(), p.ID, secret, "Mozilla/5.0 (iPad)")
	w.must(err)
	token, _, err = w.service.Sessions.Start(w.t.Context(), session.Session{Person: p.ID, Issuer: "test", Subject: p.Name, Device: d.ID, DeviceHash: d.SecretHash}, session.MemberLimits)
	w.must(err)
	return d, token, kept
}

func (w *town) alive(token string) bool {
	_, err := w.service.Sessions.Find(w.t.Context(), token)
	if err != nil && council.KindOf(err) != council.Unauthenticated {
		w.t.Fatal(err)
	}
	return err == nil
}

func (w *town) acts(object council.ID) (acts []string) {
	entries, err := w.s.AuditEntries(w.t.Context(), policy.System("test"), council.AuditFilter{Object: object})
	w.must(err)
	for _, e := range slices.Backward(entries) {
		acts = append(acts, e.Act)
	}
	return acts
}

// A lease holds for its days, and never longer than the rights of the moment at which it was given.
func TestALeaseEndsWithTheMandate(t *testing.T) {
	onBoth(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		midnight := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, berlin) }
		stays, leaves, two := w.person("Bleibt"), w.person("Geht"), w.person("Zwei")
		w.seat(stays, time.Time{})
		w.seat(leaves, day(2026, 3, 5))
		w.seat(two, time.Time{})
		second := council.Organization{Body: w.body.ID, Name: "Bauausschuss", Type: council.Committee}
		w.must(w.s.SaveOrganization(ctx, &second))
		w.must(w.s.SaveMembership(ctx, &council.Membership{Body: w.body.ID, Person: two.ID, Organization: second.ID, Start: day(2025, 11, 1), End: day(2026, 3, 3)}))
		for _, c := range []struct {
			who  council.Person
			want time.Time
		}{
			{stays, w.clock.AddDate(0, 0, 7)},
			{leaves, midnight(2026, 3, 6)}, // the last day is the fifth, in the town
			{two, midnight(2026, 3, 4)},    // one of two seats ends: the next contact says what is left
		} {
			d, _, _ := w.signIn(c.who, "")
			given, err := w.service.Give(ctx, w.viewer(c.who), d.ID)
			if err != nil || !given.Lease.NonPublicUntil.Equal(c.want) || given.Lease.PublicUntil != nil {
				t.Errorf("%s: %s, want %s, %v", c.who.Name, given.Lease.NonPublicUntil, c.want, err)
			}
			key, err := w.service.Key(ctx)
			w.must(err)
			l, err := lease.Verify(key, given.Text)
			if err != nil || l.Device != d.ID || l.Person != c.who.ID || !l.Issued.Equal(w.clock) || !l.NonPublicUntil.Equal(c.want) {
				t.Errorf("%s: signed %+v %v", c.who.Name, l, err)
			}
			kept, err := w.s.Device(ctx, d.ID)
			w.must(err)
			if !kept.LeaseUntil.Equal(c.want) || !kept.Readable(c.want.Add(-time.Second)) || kept.Readable(c.want) {
				t.Errorf("%s: the list says %s", c.who.Name, kept.LeaseUntil)
			}
		}
		// Two days later, one seat fewer: the lease is renewed with what is left.
		w.clock = midnight(2026, 3, 4)
		d, _, _ := w.signIn(two, "")
		if given, err := w.service.Give(ctx, w.viewer(two), d.ID); err != nil || !given.Lease.NonPublicUntil.Equal(w.clock.AddDate(0, 0, 7)) {
			t.Errorf("after the second seat: %s %v", given.Lease.NonPublicUntil, err)
		}
		w.service.LeaseDays = 300
		if given, err := w.service.Give(ctx, w.viewer(two), d.ID); err != nil || !given.Lease.NonPublicUntil.Equal(w.clock.In(berlin).AddDate(0, 0, 30)) {
			t.Errorf("more than thirty days: %s %v", given.Lease.NonPublicUntil, err)
		}
		w.service.PublicLeaseDays = 90
		if given, err := w.service.Give(ctx, w.viewer(two), d.ID); err != nil || given.Lease.PublicUntil == nil || !given.Lease.PublicUntil.Equal(w.clock.In(berlin).AddDate(0, 0, 90)) {
			t.Errorf("limited public time: %+v %v", given.Lease, err)
		}
	})
}

// Who gets no lease at all.
func TestNoLease(t *testing.T) {
	onBoth(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		member, it, nobody, clerk := w.person("Mitglied"), w.person("IT"), w.person("Niemand"), w.person("Sitzungsdienst")
		w.seat(member, day(2026, 3, 5))
		w.grant(it, council.IT)
		w.grant(clerk, council.Clerk)
		d, _, _ := w.signIn(member, "")
		refused := func(what string, p council.Person, device council.ID, kind council.Kind) {
			t.Helper()
			if g, err := w.service.Give(ctx, w.viewer(p), device); council.KindOf(err) != kind || err == nil || g.Text != "" {
				t.Errorf("%s: %+v %v", what, g, err)
			}
		}
		for _, p := range []council.Person{it, nobody} { // the IT reads nothing, so it takes nothing along
			theirs, _, _ := w.signIn(p, "")
			refused(p.Name, p, theirs.ID, council.Forbidden)
		}
		refused("no device", member, "", council.NotFound)
		refused("an unknown device", member, "01920000-0000-7000-8000-000000000009", council.NotFound)
		refused("somebody else's device", clerk, d.ID, council.NotFound)
		if _, err := w.service.Give(ctx, policy.Anonymous(), d.ID); council.KindOf(err) != council.Unauthenticated {
			t.Errorf("the public: %v", err)
		}
		w.must(w.service.Wipe(ctx, w.viewer(member), d.ID))
		refused("a device that is to be deleted", member, d.ID, council.Unauthenticated)
		again, _, _ := w.signIn(member, "")
		w.clock = time.Date(2026, 3, 6, 0, 0, 0, 0, berlin).Add(-time.Second)
		if g, err := w.service.Give(ctx, w.viewer(member), again.ID); err != nil || g.Lease.NonPublicUntil.Sub(w.clock) != time.Second {
			t.Errorf("in the last second: %+v %v", g.Lease, err)
		}
		w.clock = w.clock.Add(time.Second)
		refused("after the mandate", member, again.ID, council.Forbidden)
	})
}

// The end of a mandate: sessions that began before it end in the run after it, once; whoever stays in another office stays signed in.
func TestTheRunAfterAMandate(t *testing.T) {
	onBoth(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		leaves, stays, other, never := w.person("Geht"), w.person("Bleibt"), w.person("Amt"), w.person("Niemand")
		w.seat(leaves, day(2026, 3, 5))
		w.seat(stays, time.Time{})
		w.seat(other, day(2026, 3, 5))
		w.grant(other, council.Clerk)
		tokens := map[string]string{}
		for _, p := range []council.Person{leaves, stays, other, never} {
			_, tokens[p.Name], _ = w.signIn(p, "")
		}
		run := func(want int) {
			t.Helper()
			if n, err := w.service.EndMandates(ctx); err != nil || n != want {
				t.Errorf("at %s: %d signed out, want %d, %v", w.clock.In(berlin), n, want, err)
			}
		}
		w.service.Sessions.Times = session.Table{Member: session.Limits{Idle: 1000 * time.Hour, Absolute: 1000 * time.Hour}}
		w.clock = time.Date(2026, 3, 6, 0, 0, 0, 0, berlin).Add(-time.Second)
		run(0)
		w.clock = w.clock.Add(time.Second)
		run(1)
		run(0)
		for name, token := range tokens {
			if w.alive(token) != (name != "Geht") {
				t.Errorf("%s: alive %v", name, w.alive(token))
			}
		}
		if _, err := w.service.Sessions.Find(ctx, tokens["Geht"]); err == nil || err.Error() != "session.ended.mandate" {
			t.Errorf("told: %v", err)
		}
		if got := w.acts(leaves.ID); !slices.Equal(got, []string{"person.mandate_end"}) {
			t.Errorf("log of acts: %v", got)
		}
		// For the own notes and data: the run does not end it again, and it reads nothing but what is public and their own.
		w.clock = w.clock.Add(time.Hour)
		_, token, _ := w.signIn(leaves, "")
		run(0)
		if v := w.viewer(leaves); !w.alive(token) || policy.MayTakeAlong(v) {
			t.Errorf("signed in again: alive %v, labels %v", w.alive(token), v.Labels())
		}
	})
}

// One browser, two people, a lost device: what Enter makes of it.
func TestEnter(t *testing.T) {
	onBoth(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		one, two := w.person("Eins"), w.person("Zwei")
		w.seat(one, time.Time{})
		first, token, secret := w.signIn(one, "")
		again, _, same := w.signIn(one, secret)
		if again.ID != first.ID || same != secret {
			t.Error("the same browser became another device")
		}
		if x, _, s := w.signIn(one, session.NewToken()); x.ID == first.ID || s == secret {
			t.Error("a made-up secret became a device")
		}
		if x, _, s := w.signIn(two, secret); x.ID == first.ID || s == secret {
			t.Error("another person got the first one's device")
		}
		w.must(w.service.Wipe(ctx, w.viewer(one), first.ID))
		if w.alive(token) {
			t.Error("the session of the lost device lives")
		}
		_, _, err := w.service.Enter(ctx, one.ID, secret, "x")
		if council.KindOf(err) != council.Unauthenticated || err == nil {
			t.Fatalf("signed in over an order to delete: %v", err)
		}
		order, ok := err.(interface{ Unwrap() error }).Unwrap().(interface{ WipeReceipt() string })
		if !ok {
			t.Fatalf("no receipt in %v", err)
		}
		w.must(w.service.Confirm(ctx, order.WipeReceipt()))
		if x, _, s := w.signIn(one, secret); x.ID == first.ID || s == secret {
			t.Error("a deleted device came back")
		}
		if long, _, err := w.service.Enter(ctx, one.ID, "", strings.Repeat("x", 199)+"üüü\x00\xff"); err != nil || long.UserAgent != strings.Repeat("x", 199) {
			t.Errorf("a long name: %d %v", len(long.UserAgent), err)
		}
	})
}
