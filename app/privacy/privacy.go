package privacy

import (
	"context"
	"time"

	"ris/app/audit/journal"
	"ris/app/council"
	"ris/app/release"
	"ris/auth/policy"
)

// Store is what is needed of the database.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Facts(ctx context.Context, person council.ID) (policy.Facts, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Deputies(ctx context.Context, f council.DeputyFilter) ([]council.Deputy, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error)
	ConflictsOf(ctx context.Context, person council.ID) ([]council.ConflictOfInterest, error)
	Identities(ctx context.Context, person council.ID) ([]council.LinkedAccount, error)
	Devices(ctx context.Context, f council.DeviceFilter) ([]council.Device, error)
	Passkeys(ctx context.Context, person council.ID) ([]council.Passkey, error)
	Copies(ctx context.Context, person council.ID) ([]council.Receipt, error)
	UploadsOf(ctx context.Context, person council.ID) ([]council.Upload, error)
	Visit(ctx context.Context, person council.ID) (council.Visit, error)
	AnnotationsSince(ctx context.Context, v policy.Viewer, cursor int64, limit int) ([]council.Annotation, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	AuditPage(ctx context.Context, v policy.Viewer, p council.AuditPage) ([]council.AuditEntry, error)
	ErasePerson(ctx context.Context, person council.ID, now time.Time, dry bool) (council.Erasure, error)
	Scrub(ctx context.Context) error
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service does it.
type Service struct {
	Store    Store
	Releases *release.Service
	Journal  *journal.Journal
	Clock    council.Clock
	Zone     *time.Location // of the town, for days and times in documents; nil = UTC
	Settings Settings
}

// Settings are those of the installation that the documents name; the assembly fills them from the configuration. No secret is among
// them.
type Settings struct {
	Name         string // of the installation
	PublicURL    string
	Contact      string   // who answers questions, e-mail address
	Database     string   // "SQLite" or "PostgreSQL", with the host
	Files        string   // where files lie
	Search       string   // which search engine, with its host
	SignIn       []string // hosts of the OpenID providers
	Scanner      bool     // uploads are scanned for malware
	Encrypted    bool     // browsers reach it by https
	ReadDays     int      // retention of the log, days; 0 = for ever
	SignInDays   int
	ActDays      int
	ReleaseDays  int
	Quarantine   int           // days
	DeletedFiles int           // days
	Devices      int           // days for which a device that nobody uses is kept
	StepUp       time.Duration // how old a sign-in may be for non-public papers; 0 = does not matter
	LeaseDays    int           // how long papers can be read offline; 0 = not set
}

func (s *Service) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// inOffice reports whether the person's account is still needed, see policy.InOffice.
func (s *Service) inOffice(ctx context.Context, person council.ID) (bool, error) {
	f, err := s.Store.Facts(ctx, person)
	return err == nil && policy.InOffice(f, s.Clock().In(s.zone())), err
}
