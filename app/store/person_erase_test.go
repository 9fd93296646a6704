package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/app/store"
)

// Every column that refers to a person is in one of the two lists: a new table cannot be forgotten by an erasure.
func TestEveryColumnThatNamesAPersonIsListed(t *testing.T) {
	s := open(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"))
	rows, err := s.DB().Query(`SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'persons'
		UNION SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name IN ('person', 'owner', 'actor', 'uploaded_by', 'created_by', 'requested_by', 'decided_by', 'publish_requested_by')`)
	must(t, err)
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var table, column string
		must(t, rows.Scan(&table, &column))
		name := table + "." + column
		found[name] = true
		_, erased := store.ErasedColumns[name]
		_, kept := store.KeptColumns[name]
		if name == "audit_entries.actor" { // app/audit/journal takes the person out
			continue
		}
		if erased == kept {
			t.Errorf("%s names a person: it belongs into store.ErasedColumns or, with a reason, into store.KeptColumns", name)
		}
	}
	must(t, rows.Err())
	for _, list := range []map[string]string{store.ErasedColumns, store.KeptColumns} {
		for name := range list {
			if !found[name] {
				t.Errorf("%s is listed and names no person in any table", name)
			}
		}
	}
	if len(found) < 25 {
		t.Errorf("only %d columns found", len(found))
	}
}

// An erasure takes the person's own, keeps what is recorded, and takes the name when nothing is recorded. A dry one changes nothing.
func TestErasePerson(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		must(t, s.SaveMembership(ctx, &council.Membership{Body: w.body.ID, Person: w.person.ID, Organization: w.org.ID, Start: epoch.AddDate(-5, 0, 0), End: epoch.AddDate(-1, 0, 0)}))
		must(t, s.SaveDevice(ctx, &council.Device{Person: w.other.ID, SecretHash: strings.Repeat("a", 64), WipeOrderedAt: epoch, WipeOrderedBy: w.person.ID, LastSeen: epoch}))
		for _, p := range []council.Person{w.person, w.other} {
			must(t, s.SaveVisit(ctx, council.Visit{Person: p.ID, LastSeen: epoch}))
			must(t, s.SaveIdentity(ctx, "https://idp.example", "sub "+string(p.ID), p.ID))
		}
		before, err := s.ErasePerson(ctx, w.person.ID, epoch, true)
		if err != nil || before.Erased["visits"] != 1 || before.Erased["identities"] != 1 || before.Kept["memberships"] != 1 || !before.Recorded() {
			t.Errorf("dry: %+v %v", before, err)
		}
		if p, err := s.Person(ctx, w.person.ID); err != nil || p.Account != w.person.Account || p.Revision != w.person.Revision {
			t.Errorf("the dry run has changed %+v %v", p, err)
		}
		done, err := s.ErasePerson(ctx, w.person.ID, epoch, false)
		if err != nil || done.Erased["visits"] != 1 {
			t.Errorf("done: %+v %v", done, err)
		}
		p, err := s.Person(ctx, w.person.ID)
		if err != nil || p.Account != "" || p.Locked.IsZero() || p.Name != w.person.Name {
			t.Errorf("somebody recorded: %+v %v", p, err)
		}
		if a, err := s.Identities(ctx, w.person.ID); err != nil || len(a) != 0 {
			t.Errorf("still linked: %v %v", a, err)
		}
		devices, err := s.Devices(ctx, council.DeviceFilter{Persons: []council.ID{w.other.ID}})
		if err != nil || len(devices) != 1 || devices[0].WipeOrderedBy != "" {
			t.Errorf("the other's device: %+v %v", devices, err)
		}
		if a, err := s.Identities(ctx, w.other.ID); err != nil || len(a) != 1 {
			t.Errorf("the other's account: %v %v", a, err)
		}
		must(t, s.DeleteDevices(ctx, w.other.ID))
		if _, err := s.ErasePerson(ctx, w.other.ID, epoch, false); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Person(ctx, w.other.ID); err != nil || strings.Contains(p.Name+p.FamilyName, "Zorn") {
			t.Errorf("somebody of whom nothing is recorded: %+v %v", p, err)
		}
	})
}
