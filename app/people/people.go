package people

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is what the answers are read from.
type Store interface {
	Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error)
	Organizations(ctx context.Context, body council.ID) ([]council.Organization, error)
	Locations(ctx context.Context, body council.ID) ([]council.Location, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Grants(ctx context.Context, person council.ID) ([]council.Grant, error)
	Visit(ctx context.Context, person council.ID) (council.Visit, error)
}

// Service answers.
type Service struct {
	Store Store
	Clock council.Clock
}
