package access

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
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	Organizations(ctx context.Context, body council.ID) ([]council.Organization, error)
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error)
	Deputies(ctx context.Context, f council.DeputyFilter) ([]council.Deputy, error)
	SaveDeputy(ctx context.Context, d *council.Deputy) error
	DeleteDeputy(ctx context.Context, id council.ID) error
	AccessSettings(ctx context.Context, body council.ID) (council.AccessSettings, error)
	SaveAccessSettings(ctx context.Context, x *council.AccessSettings) error
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service answers and keeps.
type Service struct {
	Store Store
	Clock council.Clock
	Zone  *time.Location // the town's, in which days begin and end; nil = UTC
}

// system reads everything: an answer about others must see what its viewer was already allowed to manage.
var system = policy.System("access")

func (s *Service) now() time.Time {
	if s.Zone == nil {
		return s.Clock()
	}
	return s.Clock().In(s.Zone)
}

// body loads a Body of which the viewer is clerk. Bodies are public: others who are signed in are forbidden.
func (s *Service) body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error) {
	if !v.SignedIn() {
		return council.Body{}, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	b, err := s.Store.Body(ctx, v, id)
	if err == nil && !policy.IsClerk(v, id) {
		err = council.E(council.Forbidden, "error.forbidden")
	}
	return b, err
}
