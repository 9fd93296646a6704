package bodies

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is what the acts need of the database; all of it joins the transaction in ctx.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	SaveBody(ctx context.Context, b *council.Body) error
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	PaperTypes(ctx context.Context, body council.ID) ([]string, error)
	PreparationModes(ctx context.Context, body council.ID) (map[string]council.PreparationMode, error)
	SavePreparationModes(ctx context.Context, body council.ID, modes map[string]council.PreparationMode) error
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service carries out the acts.
type Service struct {
	Store Store
	Clock council.Clock
	// Day is the time zone whose day stands in the mark.
	Day *time.Location
}

// body loads a Body that the viewer wants to manage. Bodies are public: who is signed in and not its clerk is forbidden.
func (s *Service) body(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Body, error) {
	if !v.SignedIn() {
		return council.Body{}, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	b, err := s.Store.Body(ctx, v, id)
	if err != nil {
		return b, err
	}
	if !policy.IsClerk(v, id) {
		return b, council.E(council.Forbidden, "error.forbidden")
	}
	if expected != 0 && expected != b.Revision {
		return b, council.E(council.Stale, "error.stale")
	}
	return b, nil
}

// holders are the persons who can be given a paper of the Body: those at home in it, and those of other bodies who sit or work
// in it, as far as they can sign in.
func (s *Service) holders(ctx context.Context, body council.ID) ([]council.Person, error) {
	all, err := s.Store.Persons(ctx, body)
	if err != nil {
		return nil, err
	}
	known := map[council.ID]bool{}
	for _, p := range all {
		known[p.ID] = true
	}
	seats, err := s.Store.Memberships(ctx, council.MembershipFilter{Body: body})
	if err != nil {
		return nil, err
	}
	grants, err := s.Store.GrantsIn(ctx, body)
	if err != nil {
		return nil, err
	}
	others := make([]council.ID, 0, len(seats)+len(grants))
	for _, m := range seats {
		others = append(others, m.Person)
	}
	for _, g := range grants {
		others = append(others, g.Person)
	}
	for _, id := range others {
		if known[id] {
			continue
		}
		known[id] = true
		p, err := s.Store.Person(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	out := all[:0]
	for _, p := range all {
		if p.Account != "" {
			out = append(out, p)
		}
	}
	return out, nil
}
