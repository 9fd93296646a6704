package policy

import (
	"testing"
	"time"

	"ris/app/council"
)

func TestAnOldProofHidesTheContentOfNonPublicPapersOnly(t *testing.T) {
	v := ForPerson(Facts{Person: council.Person{Stamp: council.Stamp{ID: council.NewID(time.Now())}, Name: "A"}}, time.Now())
	old := v.Stale()
	for _, c := range []struct {
		name      string
		viewer    Viewer
		nonPublic bool
		due       bool
	}{
		{"fresh, public", v, false, false}, {"fresh, non-public", v, true, false},
		{"old, public", old, false, false}, {"old, non-public", old, true, true},
		{"the public has no proof to renew", Anonymous().Stale(), true, false},
		{"system work", System("test").Stale(), true, false},
	} {
		err := Confirmed(c.viewer, c.nonPublic)
		if (err != nil) != c.due || err != nil && council.KindOf(err) != council.Forbidden {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if CanRead(old, council.Audience{Allowed: []council.Label{LabelPerson(v.Person())}}) != true {
		t.Error("rights do not depend on the age of the proof")
	}
}
