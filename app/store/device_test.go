package store_test

import (
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/session"
)

func aDevice(t testing.TB, s *store.Store, person council.ID, secret string) council.Device {
	t.Helper()
	d := council.Device{Person: person, SecretHash: session.Hash(secret), UserAgent: "Mozilla/5.0 (iPad)", LastSeen: epoch}
	must(t, s.SaveDevice(ctx, &d))
	return d
}

func TestDevices(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		one, two, other := aDevice(t, s, w.person.ID, "one"), aDevice(t, s, w.person.ID, "two"), aDevice(t, s, w.other.ID, "three")

		full := one
		full.Name, full.AppVersion, full.OfflinePapers, full.HomeScreen, full.Touch = "Großes iPad", "1.4", 73, true, true
		full.ReportedAt, full.LastSeen, full.LeaseIssued, full.LeaseUntil = epoch.Add(1), epoch.Add(time.Hour), epoch.Add(time.Minute), epoch.AddDate(0, 0, 7)
		full.WipeOrderedAt, full.WipeOrderedBy, full.WipeDeliveredAt, full.WipeConfirmedAt = epoch.Add(2*time.Second), w.other.ID, epoch.Add(3*time.Second), epoch.Add(4*time.Second)
		full.ReportedAt = epoch.Add(time.Second)
		must(t, s.SaveDevice(ctx, &full))
		loaded, err := s.Device(ctx, one.ID)
		same(t, full, loaded, err)
		loaded, err = s.DeviceBySecret(ctx, session.Hash("one"))
		same(t, full, loaded, err)
		stale := one
		wantKind(t, "an old revision", s.SaveDevice(ctx, &stale), council.Stale)
		taken := council.Device{Person: w.other.ID, SecretHash: one.SecretHash, LastSeen: epoch}
		wantKind(t, "the same secret twice", s.SaveDevice(ctx, &taken), council.Conflict)
		_, err = s.DeviceBySecret(ctx, session.Hash("four"))
		wantKind(t, "an unknown secret", err, council.NotFound)

		all, err := s.Devices(ctx, council.DeviceFilter{Persons: []council.ID{w.person.ID}})
		if err != nil || len(all) != 2 || all[0].ID != one.ID || all[1].ID != two.ID {
			t.Errorf("devices of one: %v %+v", err, all)
		}
		if none, err := s.Devices(ctx, council.DeviceFilter{Persons: []council.ID{}}); err != nil || len(none) != 0 {
			t.Errorf("devices of nobody: %v %+v", err, none)
		}

		// Notes leave the revision alone: the list's ETag does not change with each contact.
		must(t, s.NoteReport(ctx, two.ID, "1.5", 12, true, true, epoch.Add(time.Hour)))
		noted, err := s.NoteLease(ctx, two.ID, epoch.Add(time.Hour), epoch.AddDate(0, 0, 7))
		if err != nil || !noted {
			t.Fatalf("lease: %v %v", noted, err)
		}
		got, err := s.Device(ctx, two.ID)
		must(t, err)
		if got.Revision != two.Revision || got.AppVersion != "1.5" || got.OfflinePapers != 12 || !got.HomeScreen || !got.Touch || !got.LeaseUntil.Equal(epoch.AddDate(0, 0, 7)) ||
			!got.LastSeen.Equal(epoch.Add(time.Hour)) {
			t.Errorf("after the notes: %+v", got)
		}
		// No lease for a device that is to be deleted; told once.
		if first, err := s.NoteWipeDelivered(ctx, two.ID, epoch); err != nil || first {
			t.Errorf("told without an order: %v %v", first, err)
		}
		got.WipeOrderedAt = epoch
		must(t, s.SaveDevice(ctx, &got))
		if noted, err := s.NoteLease(ctx, two.ID, epoch, epoch.AddDate(1, 0, 0)); err != nil || noted {
			t.Errorf("a lease for a device that is to be deleted: %v %v", noted, err)
		}
		for round, want := range []bool{true, false} {
			if first, err := s.NoteWipeDelivered(ctx, two.ID, epoch.Add(time.Minute)); err != nil || first != want {
				t.Errorf("told, round %d: %v %v", round, first, err)
			}
		}
		must(t, s.DeleteDevices(ctx, w.person.ID))
		if left, err := s.Devices(ctx, council.DeviceFilter{}); err != nil || len(left) != 1 || left[0].ID != other.ID {
			t.Errorf("after the erasure: %v %+v", err, left)
		}
	})
}

// Each selection ends what it names, and nothing else; what was ended says why and is not ended again.
func TestSessionsEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		d1, d2 := aDevice(t, s, w.person.ID, "d1"), aDevice(t, s, w.person.ID, "d2")
		begin := func(hash string, p council.ID, d council.ID, sid string, at time.Time) {
			must(t, s.SaveSession(ctx, session.Session{TokenHash: hash, Person: p, Issuer: "https://a", Subject: "sub-" + string(p), SID: sid, Device: d,
				AuthTime: at, Created: at, LastSeen: at, Expires: at.AddDate(0, 0, 30)}))
		}
		for name, c := range map[string]struct {
			which session.Which
			want  string
		}{
			"one device":        {session.Which{Device: d1.ID}, "a"},
			"the others":        {session.Which{Person: w.person.ID, Except: d1.ID}, "bc"},
			"all of a person":   {session.Which{Person: w.person.ID}, "abc"},
			"the provider's":    {session.Which{Issuer: "https://a", SID: "s1"}, "a"},
			"foreign issuer":    {session.Which{Issuer: "https://b", SID: "s1"}, ""},
			"a subject":         {session.Which{Issuer: "https://a", Subject: "sub-" + string(w.other.ID)}, "x"},
			"begun before":      {session.Which{Person: w.person.ID, Before: epoch.Add(time.Hour)}, "ab"},
			"one token":         {session.Which{TokenHash: "x"}, "x"},
			"nothing named":     {session.Which{}, ""},
			"only an exception": {session.Which{Except: d1.ID}, ""},
			"only a time":       {session.Which{Before: epoch.AddDate(1, 0, 0)}, ""},
			"no such person":    {session.Which{Person: "x"}, ""},
		} {
			must(t, s.DeleteSessions(ctx, w.person.ID))
			must(t, s.DeleteSessions(ctx, w.other.ID))
			begin("a", w.person.ID, d1.ID, "s1", epoch)
			begin("b", w.person.ID, d2.ID, "s2", epoch)
			begin("c", w.person.ID, "", "", epoch.Add(2*time.Hour))
			begin("x", w.other.ID, "", "s3", epoch)
			for round := range 2 {
				ended, err := s.EndSessions(ctx, c.which, session.RemotelyEnded, epoch.Add(3*time.Hour))
				must(t, err)
				if round == 0 && len(ended) != len(c.want) || round == 1 && len(ended) != 0 {
					t.Errorf("%s, round %d: %d ended", name, round, len(ended))
				}
			}
			dead := ""
			for _, hash := range []string{"a", "b", "c", "x"} {
				x, err := s.Session(ctx, hash)
				must(t, err)
				if !x.Revoked.IsZero() {
					dead += hash
					if x.RevokedReason != session.RemotelyEnded || !x.Revoked.Equal(epoch.Add(3*time.Hour)) {
						t.Errorf("%s: %+v", name, x)
					}
				}
			}
			if dead != c.want {
				t.Errorf("%s: ended %q, want %q", name, dead, c.want)
			}
		}
		must(t, s.DeleteSessions(ctx, w.person.ID))
		must(t, s.DeleteSessions(ctx, w.other.ID))
		begin("a", w.person.ID, d1.ID, "s1", epoch)
		begin("b", w.person.ID, d2.ID, "s2", epoch)
		begin("x", w.other.ID, "", "s3", epoch)
		_, err := s.EndSessions(ctx, session.Which{TokenHash: "x"}, session.SignedOut, epoch)
		must(t, err)
		signedIn, err := s.PersonsSignedIn(ctx, epoch.Add(time.Hour))
		if err != nil || len(signedIn) != 1 || signedIn[0] != w.person.ID {
			t.Errorf("signed in: %v %v", err, signedIn)
		}
		inUse, err := s.DevicesInUse(ctx, council.DeviceFilter{Persons: []council.ID{w.person.ID}}, epoch.Add(time.Hour), epoch.Add(-time.Hour))
		if err != nil || len(inUse) != 2 || !inUse[d1.ID] {
			t.Errorf("devices in use: %v %v", err, inUse)
		}
	})
}

// A token is replaced in its row: the session is found by both, once; an ended one gets none; an end and a rotation at the same time
// leave no token alive.
func TestATokenIsReplaced(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		begin := func(hash string) session.Session {
			x := session.Session{TokenHash: hash, Person: w.person.ID, Issuer: "i", Subject: "s", AuthTime: epoch, Created: epoch, LastSeen: epoch, Expires: epoch.AddDate(0, 0, 30)}
			must(t, s.SaveSession(ctx, x))
			return x
		}
		x := begin("t0")
		x.PreviousHash, x.TokenHash, x.Rotated, x.Rights, x.ACR = "t0", "t1", epoch.Add(time.Hour), "clerk:x", "2"
		must(t, s.RotateSession(ctx, x))
		for _, hash := range []string{"t0", "t1"} {
			loaded, err := s.Session(ctx, hash)
			same(t, x, loaded, err)
		}
		twice := x
		twice.PreviousHash, twice.TokenHash = "t0", "t2"
		wantKind(t, "rotated twice from the same token", s.RotateSession(ctx, twice), council.Stale)
		_, err := s.EndSessions(ctx, session.Which{TokenHash: "t1"}, session.SignedOut, epoch)
		must(t, err)
		x.PreviousHash, x.TokenHash = "t1", "t3"
		wantKind(t, "an ended session got a token", s.RotateSession(ctx, x), council.Stale)
		if _, err := s.Session(ctx, ""); council.KindOf(err) != council.NotFound {
			t.Errorf("the empty hash: %v", err)
		}

		for round := range 20 {
			hash := "r" + string(rune('a'+round))
			x := begin(hash)
			var race sync.WaitGroup
			race.Add(2)
			go func() {
				defer race.Done()
				y := x
				y.PreviousHash, y.TokenHash = hash, hash+"+"
				_ = s.RotateSession(ctx, y)
			}()
			go func() {
				defer race.Done()
				_, err := s.EndSessions(ctx, session.Which{Person: w.person.ID}, session.AccountOff, epoch)
				must(t, err)
			}()
			race.Wait()
			loaded, err := s.Session(ctx, hash)
			must(t, err)
			if loaded.Revoked.IsZero() {
				t.Fatalf("round %d: a token outlived the end of all sessions: %+v", round, loaded)
			}
		}
	})
}
