package store_test

import (
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/session"
)

// Only what nobody uses goes: not where somebody is signed in, papers can still be read, or an order to delete waits.
func TestOldDevicesArePurged(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		const keep, lost = 180 * 24 * time.Hour, 400 * 24 * time.Hour
		old, older := epoch.Add(-keep-time.Second), epoch.Add(-lost-time.Second)
		stays := map[string]bool{"seen": true, "signed in": true, "leased": true, "ordered": true, "told": true, "signed out": false, "unused": false, "leased once": false, "confirmed": false, "order given up": false}
		ids := map[string]council.ID{}
		for name := range stays {
			d := aDevice(t, s, w.person.ID, name)
			d.LastSeen = old
			switch name {
			case "seen":
				d.LastSeen = epoch.Add(-keep)
			case "leased":
				d.LeaseUntil = epoch.Add(time.Second)
			case "leased once":
				d.LeaseUntil = epoch
			case "ordered":
				d.WipeOrderedAt = old
			case "told":
				d.WipeOrderedAt, d.WipeDeliveredAt = old, old
			case "confirmed":
				d.WipeOrderedAt, d.WipeDeliveredAt, d.WipeConfirmedAt = old, old, old
			case "order given up":
				d.LastSeen, d.WipeOrderedAt = older, older
			case "signed in", "signed out":
				x := session.Session{TokenHash: name, Person: w.person.ID, Device: d.ID, Created: old, LastSeen: old, Expires: epoch.Add(time.Hour)}
				if name == "signed out" {
					x.Revoked = old
				}
				must(t, s.SaveSession(ctx, x))
			}
			must(t, s.SaveDevice(ctx, &d))
			ids[name] = d.ID
		}
		if n, err := s.PurgeDevices(ctx, epoch, epoch.Add(-keep), epoch.Add(-lost)); err != nil || n != 5 {
			t.Errorf("%d went, %v", n, err)
		}
		for name, want := range stays {
			if _, err := s.Device(ctx, ids[name]); (err == nil) != want {
				t.Errorf("%s: there %v, want %v (%v)", name, err == nil, want, err)
			}
		}
		if n, err := s.PurgeDevices(ctx, epoch, epoch.Add(-keep), epoch.Add(-lost)); err != nil || n != 0 {
			t.Errorf("once more: %d, %v", n, err)
		}
	})
}
