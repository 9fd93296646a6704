package storetest_test

import (
	"context"
	"testing"

	"ris/app/apptest/storetest"
	"ris/app/store"
)

// Each kind gives a database of its own that has had all migrations, and PostgreSQL's is reached by a role that the second net holds.
func TestEachGetsItsOwn(t *testing.T) {
	ctx := context.Background()
	for name, dsn := range storetest.Kinds() {
		t.Run(name, func(t *testing.T) {
			first, second := dsn(t), dsn(t)
			if first == second {
				t.Fatal("both tests got the same database")
			}
			s, err := store.Open(ctx, store.Config{DSN: first})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if have, want, err := s.Version(ctx); err != nil || have != want || have == 0 {
				t.Errorf("version %d of %d: %v", have, want, err)
			}
			if err := s.Migrate(ctx); err != nil {
				t.Errorf("nothing is left to migrate, but: %v", err)
			}
			if net, err := s.SecondNet(ctx); err != nil || net.Applies && !net.On() {
				t.Errorf("%+v %v", net, err)
			}
		})
	}
}
