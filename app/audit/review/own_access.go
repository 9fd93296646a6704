package review

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// OwnAccess lists what has changed in how the viewer signs in (audit.AccessActs), latest first, and nothing else: what the person is told of
// at the next visit. more says that there is another page.
func (s *Service) OwnAccess(ctx context.Context, v policy.Viewer, p Page) ([]Line, bool, error) {
	return s.own(ctx, v, audit.AccessActs, p)
}

// own lists what was done in the viewer's own name and to the viewer's account; no acts = all of it.
func (s *Service) own(ctx context.Context, v policy.Viewer, acts []string, p Page) (out []Line, more bool, err error) {
	if !v.SignedIn() {
		return nil, false, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	out, more, err = s.page(ctx, v, council.AuditPage{About: v.Person(), Acts: acts, At: p.At, ID: p.ID, Limit: p.size() + 1})
	for i := range out {
		if out[i].Actor.ID != v.Person() {
			out[i].Actor = council.Person{} // that it was the office is said, not who in it
		}
	}
	return out, more, err
}
