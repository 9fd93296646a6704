package meetings_test

import (
	"os"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/apptest/storetest"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// onBoth runs the test on SQLite and on a private PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, h *halltest.Hall)) {
	t.Run("sqlite", func(t *testing.T) { test(t, halltest.Open(t, "")) })
	t.Run("postgres", func(t *testing.T) { test(t, halltest.Open(t, storetest.Postgres(t))) })
}
