package audience

import (
	"testing"

	"ris/app/council"
)

// Which act may change which audience into which: publishing any, an act for some labels only these, every other act none wider.
func TestOpening(t *testing.T) {
	set := func(withheld string, allowed ...council.Label) council.Audience {
		a := council.Audience{Allowed: allowed}
		if withheld != "" {
			a.Withheld = []council.Label{council.Label(withheld)}
		}
		return a
	}
	for name, c := range map[string]struct {
		was, now                    council.Audience
		publishing, closed, toGuest bool
	}{
		"the same":                        {set("", "a"), set("", "a"), true, true, true},
		"fewer readers":                   {set("", "a", "b"), set("", "a"), true, true, true},
		"more withheld":                   {set("", "a"), set("x", "a"), true, true, true},
		"another reader":                  {set("", "a"), set("", "a", "b"), true, false, false},
		"the guest":                       {set("", "a"), set("", "a", "guest"), true, false, true},
		"the guest and another":           {set("", "a"), set("", "a", "b", "guest"), true, false, false},
		"withheld from somebody no more":  {set("x", "a"), set("", "a"), true, false, false},
		"withheld from the guest no more": {set("guest", "a"), set("", "a"), true, false, true},
		"a conflict by its item":          {set("person:p", "a"), set("conflict:i", "a"), true, true, true},
		"the public":                      {set("", "a"), set("", "a", "public"), true, false, false},
	} {
		for what, one := range map[string]struct {
			o    Opening
			want bool
		}{"publishing": {Publishing, c.publishing}, "any other act": {Closed, c.closed}, "an invitation": {OpeningTo("guest"), c.toGuest}} {
			if got := one.o.Allows(c.was, c.now); got != one.want {
				t.Errorf("%s, %s: %v", name, what, got)
			}
		}
	}
}
