package versions

import (
	"context"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/compare"
)

// Store is what differences need of the database.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Text(ctx context.Context, v policy.Viewer, version council.ID, page int) ([]council.PageText, error)
	Difference(ctx context.Context, v policy.Viewer, old, new council.ID) (council.Difference, error)
	AskDifference(ctx context.Context, old, new council.ID, now time.Time) (first bool, err error)
	SaveDifference(ctx context.Context, d council.Difference) error
	Audit(ctx context.Context, e council.AuditEntry) error
	Enqueue(ctx context.Context, job jobs.Job) error
}

// Pictures compares how pages look, outside of this process; documents/pipeline has it.
type Pictures interface {
	// Difference gives the pages that look different; all = every page asked for was looked at. An error is the machine's.
	Difference(ctx context.Context, old, new documents.Input, pages compare.Pairs) (found []compare.PagePicture, all bool, err error)
}

// Service shows and makes differences.
type Service struct {
	Store    Store
	Pictures Pictures
	Clock    council.Clock
	Zone     *time.Location // of the town, whose days the log counts; nil = UTC
	// Skip tells people that a version has nothing to be compared with; nil = nobody is told.
	Skip func(ctx context.Context, problem string)

	looks looks
}

var system = policy.System("versions")

// secret: what the public may not read, except for a replaced version of a public file: that one is old, not secret.
func secret(f council.File, v council.FileVersion) bool {
	replaced := v.State == council.Published && v.ID != f.Current
	return !v.Audience.Public() && !(replaced && f.Audience.Public())
}
