package api

import (
	"context"
	"time"

	"ris/app/annotations"
	"ris/app/council"
	"ris/auth/policy"
	"ris/web/locales"
)

type syncWrite struct {
	Body SyncInput
}

func (s *surface) annotationRoutes() {
	sync := op("POST", "/annotations/sync", "syncAnnotations", "Send own marks and get what has changed", "annotations")
	sync.MaxBodyBytes = 4 << 20
	read(s, sync, func(ctx context.Context, v policy.Viewer, in *syncWrite) (*Plain[SyncAnswer], error) {
		ops := make([]annotations.Op, 0, len(in.Body.Ops))
		for _, o := range in.Body.Ops {
			ops = append(ops, annotations.Op{OpID: o.OpID, ID: o.ID, BaseRev: o.BaseRev, Deleted: o.Deleted, Mark: mark(o.Annotation)})
		}
		a, err := s.Annotations.Sync(ctx, v, in.Body.Cursor, ops)
		if err != nil {
			return nil, err
		}
		lang := callOf(ctx).lang
		out := SyncAnswer{Results: []SyncOpResult{}, Changes: []SyncChange{}, Cursor: a.Cursor, More: a.More}
		for _, r := range a.Results {
			res := SyncOpResult{OpID: r.OpID, ID: r.Mark, Status: r.Status, Rev: r.Rev, CopyID: r.Copy}
			if r.Problem != "" {
				res.Problem = &FileProblem{Key: r.Problem, Text: locales.T(lang, r.Problem)}
			}
			out.Results = append(out.Results, res)
		}
		for _, c := range a.Changes {
			out.Changes = append(out.Changes, syncChange(c))
		}
		return &Plain[SyncAnswer]{out}, nil
	})
}

func mark(a *Annotation) *council.Annotation {
	if a == nil {
		return nil
	}
	out := &council.Annotation{Paper: a.Paper, File: a.File, Version: a.Version, Kind: a.Kind, Page: a.Page, Quads: a.Quads, Quote: a.Quote,
		Prefix: a.Prefix, Suffix: a.Suffix, Start: a.Start, End: a.End, Body: a.Body, Style: a.Style}
	if a.Created != nil {
		out.Created = a.Created.UTC().Truncate(time.Microsecond)
	}
	return out
}

func syncChange(a council.Annotation) SyncChange {
	out := SyncChange{ID: a.ID, Rev: a.Revision, Deleted: !a.DeletedAt.IsZero()}
	if out.Deleted {
		return out
	}
	quads := a.Quads
	if quads == nil {
		quads = [][4]float64{}
	}
	out.Annotation = &Annotation{Paper: a.Paper, File: a.File, Version: a.Version, Kind: a.Kind, Page: a.Page, Quads: quads, Quote: a.Quote,
		Prefix: a.Prefix, Suffix: a.Suffix, Start: a.Start, End: a.End, Body: a.Body, Style: a.Style,
		Created: moment(a.Created), Modified: moment(a.Modified)}
	return out
}
