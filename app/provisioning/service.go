package provisioning

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is where master data, imports and the directory's names are kept; app/store has it.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Audit(ctx context.Context, e council.AuditEntry) error
	rows
	directory

	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error)
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Organizations(ctx context.Context, body council.ID) ([]council.Organization, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	PersonByAccount(ctx context.Context, account string) (council.Person, error)
	PersonsByAccount(ctx context.Context, accounts []string) ([]council.Person, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	Grants(ctx context.Context, person council.ID) ([]council.Grant, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	PersonsWithIdentity(ctx context.Context, body council.ID) ([]council.ID, error)
	DeleteIdentities(ctx context.Context, person council.ID) error
	Facts(ctx context.Context, person council.ID) (policy.Facts, error)
	Deputies(ctx context.Context, f council.DeputyFilter) ([]council.Deputy, error)

	Import(ctx context.Context, id council.ID) (council.Import, error)
	Imports(ctx context.Context, body council.ID, limit int) ([]council.Import, error)
	SaveImport(ctx context.Context, i *council.Import) error
	ForgetImports(ctx context.Context, before time.Time) (int64, error)
}

// rows are written and deleted by changes.
type rows interface {
	SaveBody(ctx context.Context, b *council.Body) error
	SaveTerm(ctx context.Context, t *council.LegislativeTerm) error
	SaveOrganization(ctx context.Context, o *council.Organization) error
	SavePerson(ctx context.Context, p *council.Person) error
	SaveMembership(ctx context.Context, m *council.Membership) error
	SaveGrant(ctx context.Context, g *council.Grant) error
	DeleteBody(ctx context.Context, at council.Stamp) error
	DeleteTerm(ctx context.Context, at council.Stamp) error
	DeleteOrganization(ctx context.Context, at council.Stamp) error
	DeletePerson(ctx context.Context, at council.Stamp) error
	DeleteMembership(ctx context.Context, at council.Stamp) error
	DeleteGrant(ctx context.Context, at council.Stamp) error
}

// directory keeps clients, names and groups of SCIM.
type directory interface {
	ScimClientByToken(ctx context.Context, hash string) (council.ScimClient, error)
	ScimClient(ctx context.Context, id council.ID) (council.ScimClient, error)
	ScimClients(ctx context.Context, body council.ID) ([]council.ScimClient, error)
	SaveScimClient(ctx context.Context, c *council.ScimClient) error
	TouchScimClient(ctx context.Context, id council.ID, at time.Time) error
	ScimUser(ctx context.Context, person council.ID) (council.ScimUser, error)
	ScimUsers(ctx context.Context, body council.ID) ([]council.ScimUser, error)
	SaveScimUser(ctx context.Context, u council.ScimUser) error
	ScimGroups(ctx context.Context, body council.ID) ([]council.ScimGroup, error)
	ScimGroup(ctx context.Context, id council.ID) (council.ScimGroup, error)
	SaveScimGroup(ctx context.Context, g *council.ScimGroup) error
	DeleteScimGroup(ctx context.Context, id council.ID) error
	ScimMembers(ctx context.Context, body council.ID) (map[council.ID][]council.ID, error)
	SetScimMembers(ctx context.Context, group council.ID, persons []council.ID) error
}

// Public brings the master data of a Body into the publication read model; app/publication is one.
type Public interface {
	ProjectBody(ctx context.Context, body council.ID) error
}

// Sessions ends every session of a person whose account is closed or becomes another, in the transaction of the act.
type Sessions interface {
	EndPerson(ctx context.Context, person council.ID) error
}

// Service does the acts.
type Service struct {
	Store    Store
	Public   Public
	Sessions Sessions
	Clock    council.Clock
	Zone     *time.Location // of the town: its days are those of seats; nil = UTC
}

// keepUndo is how long an act can be taken back; after that its personal data is forgotten.
const keepUndo = 31 * 24 * time.Hour

// Forget empties what older acts changed; called once an hour.
func (s *Service) Forget(ctx context.Context) error {
	_, err := s.Store.ForgetImports(ctx, s.Clock().Add(-keepUndo))
	return err
}

// today is the day in the town, as midnight UTC: the form in which days are kept.
func (s *Service) today() time.Time {
	now := s.Clock()
	if s.Zone != nil {
		now = now.In(s.Zone)
	}
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}
