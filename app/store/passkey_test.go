package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
)

func TestPasskeysAreTheirPersonsOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		body := council.Body{Name: "Stadt"}
		must(t, s.SaveBody(ctx, &body))
		one, other := council.Person{Body: body.ID, Name: "Eins"}, council.Person{Body: body.ID, Name: "Zwei"}
		must(t, s.SavePerson(ctx, &one))
		must(t, s.SavePerson(ctx, &other))
		key := council.Passkey{Person: one.ID, CredentialID: "abc", RP: "ris.example", Name: "iPad", Credential: []byte(`{"a":1}`)}
		must(t, s.SavePasskey(ctx, &key))
		again := council.Passkey{Person: other.ID, CredentialID: "abc", RP: "ris.example", Name: "fremd", Credential: []byte(`{}`)}
		wantKind(t, "the same key for somebody else", s.SavePasskey(ctx, &again), council.Conflict)
		key.LastUsed, key.Name = epoch, "Dienst-iPad"
		must(t, s.SavePasskey(ctx, &key))
		list, err := s.Passkeys(ctx, one.ID)
		must(t, err)
		if len(list) != 1 || list[0].Name != "Dienst-iPad" || !list[0].LastUsed.Equal(epoch) || string(list[0].Credential) != `{"a":1}` || list[0].Revision != 2 {
			t.Errorf("read back: %+v", list)
		}
		if list, err := s.Passkeys(ctx, other.ID); err != nil || len(list) != 0 {
			t.Errorf("somebody else's list: %+v %v", list, err)
		}
		wantKind(t, "deleted by somebody else", s.DeletePasskey(ctx, other.ID, key.ID), council.NotFound)
		must(t, s.DeletePasskey(ctx, one.ID, key.ID))
		if list, _ := s.Passkeys(ctx, one.ID); len(list) != 0 {
			t.Errorf("still there: %+v", list)
		}
	})
}

func TestWhatCountsOnceCountsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		later := time.Now().Add(time.Minute)
		must(t, s.SpendOnce(ctx, "logout https://a.example 1", later))
		wantKind(t, "again", s.SpendOnce(ctx, "logout https://a.example 1", later), council.Conflict)
		must(t, s.SpendOnce(ctx, "logout https://b.example 1", later))
		var through atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if s.SpendOnce(ctx, "at the same time", later) == nil {
					through.Add(1)
				}
			})
		}
		all.Wait()
		if through.Load() != 1 {
			t.Errorf("%d of 8 came through", through.Load())
		}
		must(t, s.SpendOnce(ctx, "run out", time.Now().Add(-time.Second)))
		must(t, s.SpendOnce(ctx, "run out", later)) // its row was tidied away: it had run out by itself
	})
}
