package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// Store is what the acts need of the database; all of it joins the transaction in ctx.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Location(ctx context.Context, id council.ID) (council.Location, error)
	Locations(ctx context.Context, body council.ID) ([]council.Location, error)
	SaveLocation(ctx context.Context, l *council.Location) error
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	SaveConflict(ctx context.Context, c *council.ConflictOfInterest) error
	SaveSubstitution(ctx context.Context, x *council.Substitution) error
	DeleteSubstitution(ctx context.Context, id council.ID) error
	Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	SaveGuest(ctx context.Context, g *council.Guest) error
	AccessSettings(ctx context.Context, body council.ID) (council.AccessSettings, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	SaveMeeting(ctx context.Context, m *council.Meeting) error
	DeleteMeeting(ctx context.Context, id council.ID) error
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error)
	SaveAgendaItem(ctx context.Context, it *council.AgendaItem) error
	DeleteAgendaItem(ctx context.Context, id council.ID) error
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	SavePaper(ctx context.Context, p *council.Paper) error
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	SaveConsultation(ctx context.Context, c *council.Consultation) error
	DeleteConsultation(ctx context.Context, id council.ID) error
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	SaveFile(ctx context.Context, f *council.File) error
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	SaveFileVersion(ctx context.Context, fv *council.FileVersion) error
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Publisher writes the public rendition of a version: repeat-safe, outside of any transaction, and public for nobody yet. It
// answers the rendition's blob key and size in bytes. app/publication has it.
type Publisher interface {
	PrepareFile(ctx context.Context, version council.FileVersion) (blob string, size int64, err error)
}

// Outbox takes the job that finishes a publication, in the transaction that asked for it.
type Outbox interface {
	Enqueue(ctx context.Context, job jobs.Job) error
}

// Service carries out the acts.
type Service struct {
	Store     Store
	Settler   *audience.Settler
	Publisher Publisher
	Outbox    Outbox
	Clock     council.Clock
}

// system reads everything: an act must see what its viewer was already allowed to manage.
var system = policy.System("meetings")

// meeting loads a meeting that the viewer wants to change: not found for what may not be known of, forbidden for readers,
// stale when expected (0 = not said) is not its revision.
func (s *Service) meeting(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Meeting, error) {
	m, err := s.Store.Meeting(ctx, v, id)
	if err != nil {
		return m, err
	}
	if err := policy.MayManage(v, m.Body, m.Audience); err != nil {
		return m, err
	}
	return m, current(m.Revision, expected)
}

// item is the same for an agenda item, with its meeting.
func (s *Service) item(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.AgendaItem, council.Meeting, error) {
	it, err := s.Store.AgendaItem(ctx, v, id)
	if err != nil {
		return it, council.Meeting{}, err
	}
	if err := policy.MayManage(v, it.Body, it.Audience); err != nil {
		return it, council.Meeting{}, err
	}
	if it.State == council.Withdrawn {
		return it, council.Meeting{}, council.E(council.Gone, "error.gone")
	}
	m, err := s.Store.Meeting(ctx, v, it.Meeting)
	if err != nil {
		return it, m, err
	}
	return it, m, current(it.Revision, expected)
}

func current(revision, expected int64) error {
	if expected != 0 && revision != expected {
		return council.E(council.Stale, "error.stale")
	}
	return nil
}

// agenda are the items that are still on the agenda, in order, and those that were taken off it.
func (s *Service) agenda(ctx context.Context, meeting council.ID) (alive, removed []council.AgendaItem, err error) {
	all, err := s.Store.AgendaItems(ctx, system, meeting)
	if err != nil {
		return nil, nil, err
	}
	for _, it := range all {
		if it.State == council.Withdrawn {
			removed = append(removed, it)
		} else {
			alive = append(alive, it)
		}
	}
	return alive, removed, nil
}

// place numbers the items from 0 without gaps, those taken off the agenda last, and saves those that moved.
func (s *Service) place(ctx context.Context, alive, removed []council.AgendaItem) error {
	for i, it := range append(alive, removed...) {
		if it.Order == i {
			continue
		}
		it.Order = i
		if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
			return err
		}
	}
	return nil
}
