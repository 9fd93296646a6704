package privacy

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Wanted is what a clerk asks for about a person.
type Wanted struct {
	Person council.ID
	Erase  bool // else a copy of the data
	Reason string
}

// View is a request as the viewer may see it.
type View struct {
	council.Release
	Person      council.Person // whose data; the zero Person when the name is gone
	RequestedBy council.Person
	DecidedBy   *council.Person
	Erase       bool
	Mine        bool
	MayDecide   bool
	MayUse      bool // released, and the viewer asked
}

// Ask asks for a copy of somebody's data, or for its erasure, under the two-person release of the person's Body. Errors: not found
// for who has no say in that Body; invalid without a reason; conflict for the erasure of somebody in office.
func (s *Service) Ask(ctx context.Context, v policy.Viewer, w Wanted) (View, error) {
	p, err := s.Store.Person(ctx, w.Person)
	if err == nil && !policy.SeesReleases(v, p.Body) {
		err = council.ErrNotFound()
	}
	if err != nil {
		return View{}, err
	}
	if err := s.Releases.MayRequest(v, p.Body, w.Reason); err != nil {
		return View{}, err
	}
	act := audit.PrivacyExport
	if w.Erase {
		act = audit.PrivacyErase
		if err := s.free(ctx, p); err != nil {
			return View{}, err
		}
	}
	var out View
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		r, err := s.Releases.Request(ctx, v, wanted(p, act, w.Reason))
		if err != nil {
			return err
		}
		out, err = s.view(ctx, v, r)
		return err
	})
	return out, err
}

// free refuses who is in office.
func (s *Service) free(ctx context.Context, p council.Person) error {
	if in, err := s.inOffice(ctx, p.ID); err != nil {
		return err
	} else if in {
		return council.E(council.Conflict, "privacy.error.in_office")
	}
	return nil
}

// List gives the requests that the viewer may know of, latest first; erase and copies together.
func (s *Service) List(ctx context.Context, v policy.Viewer) ([]View, error) {
	out := []View{}
	for _, act := range []string{audit.PrivacyExport, audit.PrivacyErase} {
		all, err := s.Releases.List(ctx, v, council.ReleaseFilter{Act: act})
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			one, err := s.view(ctx, v, r)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
	}
	latestFirst(out)
	return out, nil
}

// Show gives one request. Errors: not found.
func (s *Service) Show(ctx context.Context, v policy.Viewer, id council.ID) (View, error) {
	r, err := s.request(ctx, v, id)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v, r)
}

// request finds a release that is one of ours.
func (s *Service) request(ctx context.Context, v policy.Viewer, id council.ID) (council.Release, error) {
	r, err := s.Releases.Show(ctx, v, id)
	if err == nil && r.Act != audit.PrivacyExport && r.Act != audit.PrivacyErase {
		err = council.ErrNotFound()
	}
	return r, err
}
