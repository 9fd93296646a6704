package audience

import (
	"slices"
	"strings"

	"ris/app/council"
	"ris/auth/policy"
)

// Opening says whether the act may open published objects wider.
type Opening struct {
	everything bool
	to         []council.Label
}

var (
	// Publishing is the only act that may.
	Publishing = Opening{everything: true}
	// Closed is every other act: the computation fails, and with it the transaction, rather than open something by the way.
	Closed = Opening{}
)

// OpeningTo is a recorded act that opens for those who hold one of the labels, and for nobody else: a guest is invited, a conflict of
// interest is revoked.
func OpeningTo(labels ...council.Label) Opening { return Opening{to: labels} }

// Allows reports whether the act may change the audience was of a published object into now.
func (o Opening) Allows(was, now council.Audience) bool {
	// Before migration 0016 a conflict of interest was withheld by its person; the same conflict now stands there by its item.
	was.Withheld = slices.DeleteFunc(slices.Clone(was.Withheld), func(l council.Label) bool { return strings.HasPrefix(string(l), "person:") })
	if o.everything || len(o.to) == 0 {
		return o.everything || !Widens(was, now)
	}
	was.Allowed = append(slices.Clone(was.Allowed), o.to...)
	was.Withheld = slices.DeleteFunc(slices.Clone(was.Withheld), func(l council.Label) bool { return slices.Contains(o.to, l) })
	return !Widens(was, now)
}

// withPublic: that a meeting becomes public is decided by its items, which are gated themselves.
func withPublic(a council.Audience) council.Audience {
	return council.Audience{Allowed: append(slices.Clone(a.Allowed), policy.LabelPublic), Withheld: a.Withheld}.Normal()
}
