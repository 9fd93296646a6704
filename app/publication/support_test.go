package publication_test

import (
	"encoding/json"
	"testing"

	"ris/app/publication/readmodel"
	"ris/auth/policy"
)

var system = policy.System("test")

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func decode(t testing.TB, o readmodel.Object, into any) {
	t.Helper()
	if err := json.Unmarshal(o.OParl, into); err != nil {
		t.Fatalf("%s: %v", o.OParl, err)
	}
}
