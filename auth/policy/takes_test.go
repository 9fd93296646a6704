package policy

import (
	"testing"

	"ris/app/council"
)

// "My meetings" are those in which one sits or substitutes; what everybody may see and what the clerk prepares is not mine.
func TestTakes(t *testing.T) {
	org := LabelOrganization("o", "t")
	for _, c := range []struct {
		name   string
		viewer []council.Label
		a      council.Audience
		want   bool
	}{
		{"member", []council.Label{LabelPublic, org}, council.Audience{Allowed: []council.Label{LabelPublic, org}}, true},
		{"substitute", []council.Label{LabelMeeting("m")}, council.Audience{Allowed: []council.Label{LabelMeeting("m")}}, true},
		{"the public", []council.Label{LabelPublic}, council.Audience{Allowed: []council.Label{LabelPublic, org}}, false},
		{"the clerk", []council.Label{LabelPublic, LabelClerk("b")}, council.Audience{Allowed: []council.Label{LabelPublic, LabelClerk("b")}}, false},
		{"withheld", []council.Label{org, LabelPerson("p")}, council.Audience{Allowed: []council.Label{org}, Withheld: []council.Label{LabelPerson("p")}}, false},
	} {
		if got := Takes(Viewer{labels: c.viewer}, c.a); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
