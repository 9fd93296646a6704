package publication

import (
	"context"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/auth/policy"
	"ris/documents/blob"
)

// Source is what the gate reads of the council's own tables; app/store has it.
type Source interface {
	Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error)
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Organizations(ctx context.Context, body council.ID) ([]council.Organization, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	Location(ctx context.Context, id council.ID) (council.Location, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error)
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// Deps are the parts that the gate stands on.
type Deps struct {
	Source Source
	Model  readmodel.Writer
	Blobs  blob.Store
	Clock  council.Clock // nil = the system's
}

// Publication is the gate. Its Project methods join the transaction in ctx and write in the same one. They are
// repeat-safe: projecting what has not changed writes nothing and moves no time.
type Publication struct {
	source Source
	model  readmodel.Writer
	blobs  blob.Store
	clock  council.Clock
	// viewer reads everything: the gate must see what is not public in order to leave it out and to withdraw it.
	viewer policy.Viewer
}

// New opens the gate.
func New(d Deps) *Publication {
	if d.Clock == nil {
		d.Clock = council.SystemClock
	}
	return &Publication{source: d.Source, model: d.Model, blobs: d.Blobs, clock: d.Clock, viewer: policy.System("publication")}
}
