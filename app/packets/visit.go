package packets

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// VisitEnd is the silence after which a visit is over; SeenEvery is how exactly the last contact is kept.
const (
	VisitEnd  = 30 * time.Minute
	SeenEvery = time.Minute
)

// freshness knows what is new for one person: published after the visit before this one, and not opened since.
type freshness struct {
	since    time.Time
	receipts map[council.ID]time.Time
	nobody   bool
}

// visit notes the contact and answers what counts as new. The public has no visits.
func (s *Service) visit(ctx context.Context, v policy.Viewer) (freshness, error) {
	if !v.SignedIn() {
		return freshness{nobody: true}, nil
	}
	now := s.Clock()
	visit, err := s.Store.Visit(ctx, v.Person())
	if err != nil && council.KindOf(err) != council.NotFound {
		return freshness{}, err
	}
	if visit.LastSeen.IsZero() || now.Sub(visit.LastSeen) > SeenEvery {
		visit.Person = v.Person()
		if now.Sub(visit.LastSeen) > VisitEnd {
			visit.Previous = visit.LastSeen
		}
		visit.LastSeen = now
		if err := s.Store.SaveVisit(ctx, visit); err != nil {
			return freshness{}, err
		}
	}
	receipts, err := s.Store.Receipts(ctx, v.Person())
	return freshness{since: visit.Previous, receipts: receipts}, err
}

func (f freshness) version(v council.FileVersion) bool {
	if f.nobody || v.State != council.Published || !v.PublishedAt.After(f.since) {
		return false
	}
	_, opened := f.receipts[v.ID]
	return !opened
}

// paper: any of its files is new; a paper without files when it was published since.
func (f freshness) paper(p council.Paper, files []File) bool {
	for _, x := range files {
		if x.New {
			return true
		}
	}
	return len(files) == 0 && !f.nobody && p.State == council.Published && p.PublishedAt.After(f.since)
}
