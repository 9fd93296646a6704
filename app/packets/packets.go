package packets

import (
	"context"
	"log/slog"
	"time"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/pdf"
	"ris/documents/pipeline"
)

// Store is what is read.
type Store interface {
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Location(ctx context.Context, id council.ID) (council.Location, error)
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	Meetings(ctx context.Context, v policy.Viewer, f council.MeetingFilter) ([]council.Meeting, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Papers(ctx context.Context, v policy.Viewer, f council.PaperFilter) ([]council.Paper, error)
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	Receipt(ctx context.Context, v policy.Viewer, person, version council.ID, now time.Time, code func(n int) string) (council.Receipt, error)
	PeekReceipt(ctx context.Context, v policy.Viewer, person, version council.ID, now time.Time, code func(n int) string) (council.Receipt, error)
	PacketReceipt(ctx context.Context, r council.Receipt, code func(n int) string, peek bool) (council.Receipt, error)
	InstallationKey(ctx context.Context, name string, size int) ([]byte, error)
	Receipts(ctx context.Context, person council.ID) (map[council.ID]time.Time, error)
	Visit(ctx context.Context, person council.ID) (council.Visit, error)
	SaveVisit(ctx context.Context, v council.Visit) error
	Audit(ctx context.Context, e council.AuditEntry) error
	AuditEntries(ctx context.Context, v policy.Viewer, f council.AuditFilter) ([]council.AuditEntry, error)
	PacketStore
	RenditionStore
}

// Documents is the part of the pipeline that makes packets and renditions, in the sandbox.
type Documents interface {
	Merge(ctx context.Context, front []byte, bases []council.Prepared, packet pdf.Packet, progress func(done, total int)) (pipeline.Merged, error)
	Renditions(ctx context.Context, base council.Prepared, pages int, progress func(done, total int)) (council.Rendition, error)
}

// Service answers readers.
type Service struct {
	Store Store
	Blobs blob.Store
	Clock council.Clock
	// Documents is needed by the jobs alone.
	Documents Documents
	Log       *slog.Logger // nil = says nothing
	// Progress takes how far a job's step is, for people; may be nil.
	Progress func(ctx context.Context, done, total int)

	reads reads
}

// Meeting is a meeting as the viewer may see it. Items and Papers are counts; Agenda is nil in lists.
type Meeting struct {
	council.Meeting
	In            council.Body
	Organizations []council.Organization
	At            *council.Location
	Items         int
	Papers        int
	New           int // files that are new for the viewer
	Pending       int // for its clerk: objects that wait for the next publication
	Problems      int // for its clerk: files that will not come to their readers, or not into the search, unless somebody acts
	MayManage     bool
	Mine          bool // the viewer sits or substitutes in it
	Withdrawn     *Withdrawal
	Agenda        []AgendaItem
}

// AgendaItem is one item with its papers.
type AgendaItem struct {
	council.AgendaItem
	New    bool
	Papers []ItemPaper
}

// ItemPaper is a paper as it stands on an item.
type ItemPaper struct {
	council.Paper
	Role          string
	Authoritative bool
	New           bool
	Withdrawn     *Withdrawal
	Files         []File
}

// Paper is a paper by itself. Audience is nil for everybody but its clerk.
type Paper struct {
	council.Paper
	In            council.Body
	New           bool
	MayManage     bool
	Withdrawn     *Withdrawal
	Files         []File
	Consultations []Consultation
	Readers       []Reader
}

// Consultation is a stop whose meeting and item the viewer may see; what may not be seen is nil.
type Consultation struct {
	council.Consultation
	Organization *council.Organization
	Meeting      *council.Meeting
	AgendaItem   *council.AgendaItem
}

// File is a file with the version that the viewer gets. Latest is the newest upload when the viewer manages the file and it
// differs from Shown. Versions are all that the viewer may read, newest first.
type File struct {
	council.File
	Shown     council.FileVersion
	Latest    *council.FileVersion
	Versions  []council.FileVersion
	New       bool
	NonPublic bool
	Withdrawn *Withdrawal
	Rendition council.Rendition // of Shown; zero = nothing was made yet
	Findings  []string          // clerk: of the newest version, see council.FileVersion
}
