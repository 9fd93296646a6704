package annotations

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is what the synchronisation needs; it gives and takes the viewer's own marks only.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	AnnotationsSince(ctx context.Context, v policy.Viewer, cursor int64, limit int) ([]council.Annotation, error)
	Annotation(ctx context.Context, v policy.Viewer, id council.ID) (council.Annotation, error)
	SaveAnnotation(ctx context.Context, a *council.Annotation) error
	OpResult(ctx context.Context, person council.ID, opID string) (*council.SyncResult, error)
	SaveOpResult(ctx context.Context, r council.SyncResult) error
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
}

// Service synchronises.
type Service struct {
	Store Store
	Clock council.Clock
}

// Op is one change that was made on a device. Mark is nil for a deletion.
type Op struct {
	OpID    string
	ID      council.ID
	BaseRev int64
	Deleted bool
	Mark    *council.Annotation
}

// Answer is what a device gets: one result per operation, in their order, and a page of changes. More = ask again with Cursor.
type Answer struct {
	Results []council.SyncResult
	Changes []council.Annotation
	Cursor  string
	More    bool
}

// The words of a result.
const (
	StatusOK      = "ok"
	StatusCopy    = "copy"
	StatusRefused = "refused"
)

// PageSize is how many changes one answer carries at most.
const PageSize = 500

// Sync carries out the operations, each in a transaction of its own, and answers what changed since the cursor ("" = from the
// start). An error means that the device should send the same again; what was done before it is remembered.
func (s *Service) Sync(ctx context.Context, v policy.Viewer, cursor string, ops []Op) (Answer, error) {
	var out Answer
	if !v.SignedIn() {
		return out, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	since := int64(0)
	if cursor != "" {
		n, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || n < 0 {
			return out, council.E(council.Invalid, "annotation.error.cursor")
		}
		since = n
	}
	for _, op := range ops {
		r, err := s.do(ctx, v, op)
		if err != nil {
			return out, err
		}
		out.Results = append(out.Results, r)
	}
	changes, err := s.Store.AnnotationsSince(ctx, v, since, PageSize)
	if err != nil {
		return out, err
	}
	out.Changes, out.More = changes, len(changes) == PageSize
	if n := len(changes); n > 0 {
		since = changes[n-1].Seq
	}
	out.Cursor = strconv.FormatInt(since, 10)
	return out, nil
}

// do carries out one operation once. What is wrong with it is a result, not an error: the device's other marks must get through.
func (s *Service) do(ctx context.Context, v policy.Viewer, op Op) (council.SyncResult, error) {
	var r council.SyncResult
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		before, err := s.Store.OpResult(ctx, v.Person(), op.OpID)
		if err != nil {
			return err
		}
		if before != nil {
			r = *before
			return nil
		}
		r = council.SyncResult{Person: v.Person(), OpID: op.OpID, Mark: op.ID, Status: StatusOK, Created: s.Clock()}
		if err := s.apply(ctx, v, op, &r); err != nil {
			return err
		}
		return s.Store.SaveOpResult(ctx, r)
	})
	var e *council.Error
	if err == nil || !errors.As(err, &e) || e.Kind != council.NotFound && e.Kind != council.Invalid && e.Kind != council.Conflict {
		return r, err
	}
	if e.Kind == council.Conflict { // the id is somebody else's, or a twin of this request is being answered right now
		e = council.ErrNotFound()
	}
	r = council.SyncResult{Person: v.Person(), OpID: op.OpID, Mark: op.ID, Status: StatusRefused, Problem: e.Key, Created: s.Clock()}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		before, err := s.Store.OpResult(ctx, v.Person(), op.OpID)
		if err != nil {
			return err
		}
		if before != nil {
			r = *before
			return nil
		}
		kept := r
		if !kept.Mark.Valid() {
			kept.Mark = "" // what a device calls an id need not be one
		}
		return s.Store.SaveOpResult(ctx, kept)
	})
	r.Mark = op.ID
	return r, err
}

func (s *Service) apply(ctx context.Context, v policy.Viewer, op Op, r *council.SyncResult) error {
	if op.OpID == "" || !op.ID.Valid() || op.Mark == nil && !op.Deleted {
		return council.E(council.Invalid, "annotation.error.invalid")
	}
	now, err := s.Store.Annotation(ctx, v, op.ID)
	if err != nil && council.KindOf(err) != council.NotFound {
		return err
	}
	known := err == nil
	switch {
	case op.Deleted && !known:
		return nil // never arrived here, or long gone
	case op.Deleted:
		return s.remove(ctx, op, now, r)
	case !known:
		return s.add(ctx, v, op.ID, *op.Mark, r)
	default:
		return s.edit(ctx, v, op, now, r)
	}
}

func (s *Service) remove(ctx context.Context, op Op, now council.Annotation, r *council.SyncResult) error {
	r.Rev = now.Revision
	if !now.DeletedAt.IsZero() || op.BaseRev != now.Revision {
		return nil // gone already, or edited since: the edit wins, the device hears of it in the changes
	}
	now.DeletedAt = s.Clock()
	now.Quote, now.Prefix, now.Suffix, now.Body, now.Quads = "", "", "", "", nil // nothing of the content stays
	err := s.Store.SaveAnnotation(ctx, &now)
	r.Rev = now.Revision
	return err
}

// add makes a new mark: on a version that the person may read, and on one of its pages.
func (s *Service) add(ctx context.Context, v policy.Viewer, id council.ID, m council.Annotation, r *council.SyncResult) error {
	fv, err := s.Store.FileVersion(ctx, v, m.Version)
	if err != nil {
		return err
	}
	if fv.File != m.File || fv.Paper != m.Paper {
		return council.ErrNotFound()
	}
	if n := len(fv.PageSizes); m.Page < 1 || n > 0 && m.Page > n {
		return council.E(council.Invalid, "annotation.error.page")
	}
	if err := check(m); err != nil {
		return err
	}
	m.ID, m.Owner, m.Revision, m.Seq = id, v.Person(), 0, 0
	if m.Created.After(s.Clock()) {
		m.Created = s.Clock() // a device's clock may be wrong
	}
	err = s.Store.SaveAnnotation(ctx, &m)
	r.Rev = m.Revision
	return err
}

func (s *Service) edit(ctx context.Context, v policy.Viewer, op Op, now council.Annotation, r *council.SyncResult) error {
	next := now
	next.Kind, next.Page, next.Quads, next.Quote, next.Prefix, next.Suffix = op.Mark.Kind, op.Mark.Page, op.Mark.Quads, op.Mark.Quote, op.Mark.Prefix, op.Mark.Suffix
	next.Start, next.End, next.Body, next.Style = op.Mark.Start, op.Mark.End, op.Mark.Body, op.Mark.Style
	if err := check(next); err != nil {
		return err
	}
	deleted := !now.DeletedAt.IsZero()
	switch {
	case !deleted && same(next, now):
		r.Rev = now.Revision
		return nil
	case deleted || op.BaseRev == now.Revision:
		next.DeletedAt = zero
		err := s.Store.SaveAnnotation(ctx, &next) // a mark stays on the version on which it was made
		r.Rev = next.Revision
		return err
	}
	beside := next
	beside.ID, beside.Revision, beside.Seq = council.NewID(s.Clock()), 0, 0
	beside.Created, beside.Modified = s.Clock(), zero
	if err := s.Store.SaveAnnotation(ctx, &beside); err != nil {
		return err
	}
	r.Status, r.Rev, r.Copy = StatusCopy, now.Revision, beside.ID
	return nil
}

// same reports whether both marks say the same.
func same(a, b council.Annotation) bool {
	return a.Kind == b.Kind && a.Page == b.Page && a.Quote == b.Quote && a.Prefix == b.Prefix && a.Suffix == b.Suffix &&
		a.Start == b.Start && a.End == b.End && a.Body == b.Body && a.Style == b.Style && slices.Equal(a.Quads, b.Quads)
}
