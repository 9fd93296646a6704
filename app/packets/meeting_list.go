package packets

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// MaxPage is the largest page of a list; DefaultPage is used when none is asked for.
const (
	MaxPage     = 200
	DefaultPage = 50
)

// Meetings lists what the viewer may see, latest first. next is the id to give as After for the page that follows, or empty.
func (s *Service) Meetings(ctx context.Context, v policy.Viewer, f council.MeetingFilter) (page []Meeting, next council.ID, err error) {
	if f.Limit <= 0 {
		f.Limit = DefaultPage
	}
	limit := min(f.Limit, MaxPage)
	f.Limit = limit + 1 // one more tells whether there is a next page
	fresh, err := s.visit(ctx, v)
	if err != nil {
		return nil, "", err
	}
	list, err := s.Store.Meetings(ctx, v, f)
	if err != nil {
		return nil, "", err
	}
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	for _, m := range list {
		full, err := s.meeting(ctx, v, fresh, m)
		if err != nil {
			return nil, "", err
		}
		full.Agenda = nil
		page = append(page, full)
	}
	return page, next, nil
}
