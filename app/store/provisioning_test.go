package store_test

import (
	"reflect"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
)

// Every field of what provisioning keeps comes back, and nothing of another Body comes along.
func TestProvisioningComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		known := map[string]council.ID{"Body": w.body.ID, "Person": w.person.ID}
		fill := func(x any, seed int) { (&filler{known: known, n: seed}).fill(reflect.ValueOf(x).Elem(), "") }
		trip(t, fill, s.SaveScimClient, func(x council.ScimClient) (council.ScimClient, error) { return s.ScimClient(ctx, x.ID) })
		trip(t, fill, s.SaveScimGroup, func(x council.ScimGroup) (council.ScimGroup, error) { return s.ScimGroup(ctx, x.ID) })
		i := council.Import{Body: w.body.ID, Source: "liste.csv", Actor: w.person.ID, Changes: []byte(`[{"Kind":"person"}]`), Added: 1, Changed: 2, Ended: 3}
		must(t, s.SaveImport(ctx, &i))
		i.UndoneAt = epoch.Add(time.Hour)
		must(t, s.SaveImport(ctx, &i))
		got, err := s.Import(ctx, i.ID)
		same(t, i, got, err)
		all, err := s.Imports(ctx, w.body.ID, 1)
		i.Changes = nil
		same(t, []council.Import{i}, all, err)
		if n, err := s.ForgetImports(ctx, i.Created.Add(time.Second)); err != nil || n != 1 {
			t.Errorf("forgot %d, %v", n, err)
		}
		got, err = s.Import(ctx, i.ID)
		same(t, i, got, err)
	})
}

func TestTheDirectorysNamesAndGroups(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, err := s.ScimUser(ctx, w.person.ID)
		wantKind(t, "nobody named", err, council.NotFound)
		u := council.ScimUser{Person: w.person.ID, UserName: "a@b", ExternalID: "x1"}
		must(t, s.SaveScimUser(ctx, u))
		u.DeletedAt = epoch
		must(t, s.SaveScimUser(ctx, u))
		got, err := s.ScimUser(ctx, w.person.ID)
		same(t, u, got, err)
		all, err := s.ScimUsers(ctx, w.person.Body)
		same(t, []council.ScimUser{u}, all, err)
		g := council.ScimGroup{Body: w.body.ID, DisplayName: "Rat"}
		must(t, s.SaveScimGroup(ctx, &g))
		must(t, s.SetScimMembers(ctx, g.ID, []council.ID{w.person.ID, w.other.ID}))
		must(t, s.SetScimMembers(ctx, g.ID, []council.ID{w.other.ID}))
		members, err := s.ScimMembers(ctx, w.body.ID)
		same(t, map[council.ID][]council.ID{g.ID: {w.other.ID}}, members, err)
		must(t, s.DeleteScimGroup(ctx, g.ID))
		members, err = s.ScimMembers(ctx, w.body.ID)
		same(t, map[council.ID][]council.ID{}, members, err)
	})
}

// What is used cannot be deleted, and what somebody changed meanwhile is not deleted either.
func TestMasterDataIsDeletedOnlyUnused(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := council.Person{Body: w.body.ID, Name: "Neu"}
		must(t, s.SavePerson(ctx, &p))
		seen := p.Stamp
		must(t, s.SavePerson(ctx, &p))
		wantKind(t, "changed meanwhile", s.DeletePerson(ctx, seen), council.Stale)
		must(t, s.SaveIdentity(ctx, "i", "s-new", p.ID))
		wantKind(t, "has signed in", s.DeletePerson(ctx, p.Stamp), council.Conflict)
		q := council.Person{Body: w.body.ID, Name: "Unbenutzt"}
		must(t, s.SavePerson(ctx, &q))
		must(t, s.DeletePerson(ctx, q.Stamp))
		_, err := s.Person(ctx, q.ID)
		wantKind(t, "deleted", err, council.NotFound)
	})
}
