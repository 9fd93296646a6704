package privacy

import (
	"context"
	"slices"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/release"
	"ris/auth/policy"
)

// Decide releases or refuses a request of somebody else, see release.Decide. What is released is carried out by the one who asked.
func (s *Service) Decide(ctx context.Context, v policy.Viewer, id council.ID, revision int64, give bool, reason string) (View, error) {
	if _, err := s.request(ctx, v, id); err != nil {
		return View{}, err
	}
	r, err := s.Releases.Decide(ctx, v, id, revision, give, reason)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v, r)
}

func wanted(p council.Person, act, reason string) release.Wanted {
	return release.Wanted{Body: p.Body, Act: act, Object: p.ID, Reason: reason}
}

func (s *Service) view(ctx context.Context, v policy.Viewer, r council.Release) (View, error) {
	out := View{Release: r, Erase: r.Act == audit.PrivacyErase, Mine: v.Person() == r.RequestedBy}
	out.MayDecide = r.State == council.ReleaseRequested && policy.MayDecideRelease(v, r.Body, r.RequestedBy)
	out.MayUse = r.State == council.ReleaseGiven && out.Mine && policy.SeesReleases(v, r.Body)
	var err error
	if out.Person, err = s.Store.Person(ctx, r.Object); unless(err, council.NotFound) != nil {
		return out, err
	}
	if out.RequestedBy, err = s.Store.Person(ctx, r.RequestedBy); unless(err, council.NotFound) != nil {
		return out, err
	}
	if r.DecidedBy != "" {
		p, err := s.Store.Person(ctx, r.DecidedBy)
		if unless(err, council.NotFound) != nil {
			return out, err
		}
		out.DecidedBy = &p
	}
	return out, nil
}

func latestFirst(all []View) {
	slices.SortStableFunc(all, func(a, b View) int { return b.Created.Compare(a.Created) })
}
