package trace

import (
	"context"
	"os"
	"time"

	"ris/app/council"
	"ris/app/release"
	"ris/auth/policy"
	"ris/documents/trace"
)

// Store is what is needed of the database.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Trace(ctx context.Context, v policy.Viewer, id council.ID) (council.Trace, error)
	Traces(ctx context.Context, v policy.Viewer, body council.ID, limit int) ([]council.Trace, error)
	SaveTrace(ctx context.Context, t *council.Trace) error
	ExpiredTraces(ctx context.Context, now time.Time) ([]council.Trace, error)
	Ledger(ctx context.Context, body council.ID, each func([]council.Receipt) error) error
	InstallationKey(ctx context.Context, name string, size int) ([]byte, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Reader reads the marks out of a file of size bytes, in the sandbox.
type Reader interface {
	Read(ctx context.Context, file *os.File, size int64) (trace.Evidence, error)
}

// Service answers traces.
type Service struct {
	Store    Store
	Releases *release.Service
	Reader   Reader
	Clock    council.Clock
	TempDir  string // for the file while it is read; "" = the system's
	Limit    int64  // bytes of a file
	Days     int    // how long a result can be seen; 0 = 14
}

func (s *Service) until(now time.Time) time.Time {
	days := s.Days
	if days <= 0 {
		days = 14
	}
	return now.AddDate(0, 0, days)
}

// Found is one copy to which a file led. Names are those of the day of the search.
type Found struct {
	Person     council.ID `json:"person"`
	Name       string     `json:"name"`
	Account    string     `json:"account"`
	Paper      council.ID `json:"paper,omitempty"` // empty for a packet
	Reference  string     `json:"reference,omitempty"`
	PaperName  string     `json:"paperName,omitempty"`
	FileName   string     `json:"fileName,omitempty"`
	Version    int        `json:"version,omitempty"`   // its number
	Meeting    string     `json:"meeting,omitempty"`   // of a packet: its name
	MeetingID  council.ID `json:"meetingId,omitempty"` // of a packet
	FirstGiven time.Time  `json:"firstGiven"`
	Code       string     `json:"code"`
	CodeRead   string     `json:"codeRead,omitempty"` // when it was read with a slip
	Ways       []string   `json:"ways"`
	Pages      int        `json:"pages,omitempty"` // of the fingerprint
	Chance     float64    `json:"chance"`          // that it is an accident
}

// Result is the answer; empty Found means that no copy of the Body fits.
type Result struct {
	Found  []Found `json:"found"`
	Copies int     `json:"copies"` // of the Body that were compared
}

// Sureness is Chance in steps: "certain" (the copy's own identifier, or less than one in a billion), "high" (less than one in a
// million), "fair" (the rest: less than one in a thousand).
func (f Found) Sureness() string {
	switch {
	case f.Chance < 1e-9:
		return "certain"
	case f.Chance < 1e-6:
		return "high"
	}
	return "fair"
}
