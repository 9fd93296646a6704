package trace

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// View is a question as the viewer may see it. Result is nil before it is released, for everybody but the two, and after its end.
type View struct {
	council.Trace
	In          council.Body
	Release     council.Release
	RequestedBy council.Person
	DecidedBy   *council.Person
	Ways        []string // kinds of marks that are there
	Unclear     []string // message keys
	MayDecide   bool
	Mine        bool
	Expired     bool // there was a result
	Result      *Result
}

// List gives the questions of the Body (empty: of all that the viewer has a say in), latest first, without results: those are
// shown one by one, because each look is logged.
func (s *Service) List(ctx context.Context, v policy.Viewer, body council.ID) ([]View, error) {
	if body != "" && !policy.SeesReleases(v, body) {
		return nil, council.ErrNotFound()
	}
	all, err := s.Store.Traces(ctx, v, body, 0)
	if err != nil {
		return nil, err
	}
	out := make([]View, 0, len(all))
	for _, t := range all {
		r, err := s.release(ctx, v, t.ID)
		if err != nil {
			return nil, err
		}
		one, err := s.view(ctx, v, t, r)
		if err != nil {
			return nil, err
		}
		one.Result = nil
		out = append(out, one)
	}
	return out, nil
}

// Show gives one question; looking at a result is logged. Errors: not found.
func (s *Service) Show(ctx context.Context, v policy.Viewer, id council.ID) (View, error) {
	t, r, err := s.load(ctx, v, id)
	if err != nil {
		return View{}, err
	}
	out, err := s.view(ctx, v, t, r)
	if err == nil && out.Result != nil {
		err = s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.TraceShow, "trace", t.Body, t.ID))
	}
	return out, err
}

func (s *Service) load(ctx context.Context, v policy.Viewer, id council.ID) (council.Trace, council.Release, error) {
	t, err := s.Store.Trace(ctx, v, id)
	if err == nil && !v.Unfiltered() && !policy.SeesReleases(v, t.Body) {
		err = council.ErrNotFound()
	}
	if err != nil {
		return council.Trace{}, council.Release{}, err
	}
	r, err := s.release(ctx, v, t.ID)
	return t, r, err
}

func (s *Service) release(ctx context.Context, v policy.Viewer, trace council.ID) (council.Release, error) {
	all, err := s.Releases.List(ctx, v, council.ReleaseFilter{Act: audit.TraceUse, Object: trace})
	if err != nil {
		return council.Release{}, err
	}
	if len(all) != 1 {
		return council.Release{}, council.ErrNotFound()
	}
	return all[0], nil
}

// readable leaves out what a copy is of where the viewer may not read it: to release a search is no right to read (a mayor with a
// conflict of interest, a paper withdrawn meanwhile). Whose copy it is stays.
func (s *Service) readable(ctx context.Context, v policy.Viewer, all []Found) ([]Found, error) {
	for i := range all {
		f := &all[i]
		var err error
		switch {
		case f.Paper != "":
			_, err = s.Store.Paper(ctx, v, f.Paper)
		case f.MeetingID != "":
			_, err = s.Store.Meeting(ctx, v, f.MeetingID)
		}
		if err == nil {
			continue
		}
		if council.KindOf(err) != council.NotFound {
			return nil, err
		}
		f.Paper, f.Reference, f.PaperName, f.FileName, f.Version, f.Meeting, f.MeetingID = "", "", "", "", 0, "", ""
	}
	return all, nil
}

func (s *Service) view(ctx context.Context, v policy.Viewer, t council.Trace, r council.Release) (out View, err error) {
	out = View{Trace: t, Release: r, Mine: v.Person() == t.RequestedBy,
		MayDecide: r.State == council.ReleaseRequested && policy.MayDecideRelease(v, t.Body, r.RequestedBy)}
	if out.In, err = s.Store.Body(ctx, v, t.Body); err != nil {
		return out, err
	}
	if out.RequestedBy, err = s.Store.Person(ctx, t.RequestedBy); err != nil {
		return out, err
	}
	if r.DecidedBy != "" {
		p, err := s.Store.Person(ctx, r.DecidedBy)
		if err != nil {
			return out, err
		}
		out.DecidedBy = &p
	}
	e, err := evidence(t)
	if err != nil {
		return out, err
	}
	out.Ways, out.Unclear = e.Ways(), e.Unclear
	out.Trace.Evidence, out.Trace.Result = "", ""
	if t.TracedAt.IsZero() {
		return out, nil
	}
	out.Expired = !s.Clock().Before(t.ResultUntil)
	if !out.Expired && policy.SeesReleased(v, r) {
		found, err := result(t)
		if err != nil {
			return out, err
		}
		if found.Found, err = s.readable(ctx, v, found.Found); err != nil {
			return out, err
		}
		out.Result = &found
	}
	return out, nil
}
