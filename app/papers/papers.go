package papers

import (
	"context"
	"log/slog"
	"time"

	"ris/app/audience"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/search"
)

// Store is what the acts and jobs need of the database; all of it joins the transaction in ctx.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	SavePaper(ctx context.Context, p *council.Paper) error
	DeletePaper(ctx context.Context, id council.ID) error
	SaveConsultation(ctx context.Context, c *council.Consultation) error
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	SaveFile(ctx context.Context, f *council.File) error
	DeleteFile(ctx context.Context, id council.ID) error
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	SaveFileVersion(ctx context.Context, fv *council.FileVersion) error
	SaveText(ctx context.Context, version council.ID, pages []council.PageText) error
	Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error)
	HoldPaper(ctx context.Context, paper council.ID) error
	Upload(ctx context.Context, v policy.Viewer, id council.ID) (council.Upload, error)
	Uploads(ctx context.Context, v policy.Viewer, paper council.ID) ([]council.Upload, error)
	SaveUpload(ctx context.Context, u *council.Upload) error
	DeleteUpload(ctx context.Context, id council.ID) error
	PreparationMode(ctx context.Context, body council.ID, paperType string) (council.PreparationMode, error)
	SaveOutline(ctx context.Context, version council.ID, o council.DocumentOutline) error
	// RefusedFor lists the versions that were refused for this problem before the moment.
	RefusedFor(ctx context.Context, problem string, before time.Time) ([]council.FileVersion, error)
	StepStore
	RecogniseStore
	Audit(ctx context.Context, e council.AuditEntry) error
	Enqueue(ctx context.Context, job jobs.Job) error
}

// Public is what the gate to the public gives to the jobs; app/publication has it.
type Public interface {
	// PublicDocument is what the public index must hold of the file; false = take it out.
	PublicDocument(ctx context.Context, file council.ID) (search.Document, bool, error)
	// PrepareFile writes the public rendition of a version; nothing leads to it before a projection.
	PrepareFile(ctx context.Context, version council.FileVersion) (blob string, size int64, err error)
	// DropRendition deletes a public rendition unless a public file still needs it.
	DropRendition(ctx context.Context, publicBlob string) error
}

// Service carries out the acts and the jobs.
type Service struct {
	Store    Store
	Settler  *audience.Settler
	Blobs    blob.Store
	Pipeline documents.Pipeline
	Index    search.Writer // of everything, filtered by audience
	PubIndex search.Writer // of what is public, read by the portal
	Public   Public
	Clock    council.Clock
	// Limit is the largest upload in bytes; 0 = 500 MB.
	Limit int64
	// Scanner looks at each upload before anything else does; nil = none is configured.
	Scanner Scanner
	// Converter makes PDFs of what is none; nil = only PDFs are accepted.
	Converter Converter
	// Recognition reads the words of pages that are pictures; nil = that is off.
	Recognition documents.Recognition
	Log         *slog.Logger // nil = slog.Default(); never gets text or names of papers
}

func (s *Service) log() *slog.Logger {
	if s.Log != nil {
		return s.Log
	}
	return slog.Default()
}

// DefaultLimit is the largest upload in bytes when nothing is configured.
const DefaultLimit = 500 << 20

// MaxBytes is the largest upload in bytes.
func (s *Service) MaxBytes() int64 {
	if s.Limit > 0 {
		return s.Limit
	}
	return DefaultLimit
}

var system = policy.System("papers")

// paper loads a paper that the viewer wants to change: not found for what may not be known of, forbidden for readers, stale
// when expected (0 = not said) is not its revision.
func (s *Service) paper(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Paper, error) {
	p, err := s.Store.Paper(ctx, v, id)
	if err != nil {
		return p, err
	}
	if err := policy.MayManage(v, p.Body, p.Audience); err != nil {
		return p, err
	}
	return p, current(p.Revision, expected)
}

// file is the same for a file.
func (s *Service) file(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.File, error) {
	f, err := s.Store.File(ctx, v, id)
	if err != nil {
		return f, err
	}
	if err := policy.MayManage(v, f.Body, f.Audience); err != nil {
		return f, err
	}
	return f, current(f.Revision, expected)
}

func current(revision, expected int64) error {
	if expected != 0 && revision != expected {
		return council.E(council.Stale, "error.stale")
	}
	return nil
}

// newest is the version with the highest number; false when there is none.
func newest(versions []council.FileVersion) (council.FileVersion, bool) {
	var n council.FileVersion
	for _, v := range versions {
		if v.Number > n.Number {
			n = v
		}
	}
	return n, n.Number > 0
}
