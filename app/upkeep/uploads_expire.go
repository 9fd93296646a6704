package upkeep

import (
	"context"
	"time"

	"ris/app/council"
)

// ExpireUploads forgets uploads whose time is over, and bytes of uploads that are done or that nobody knows any more (a paper that was
// deleted, a crash between two steps). It returns how many went.
func (s *Service) ExpireUploads(ctx context.Context) (int, error) {
	if s.Parts == nil {
		return 0, nil
	}
	gone := 0
	expired, err := s.Store.ExpiredUploads(ctx, s.Clock())
	if err != nil {
		return 0, err
	}
	for _, u := range expired {
		if err := s.Parts.Remove(string(u.ID)); err != nil {
			if council.KindOf(err) == council.Conflict { // bytes are coming at this moment: the next turn takes it
				continue
			}
			return gone, err
		}
		if err := s.Store.DeleteUpload(ctx, u.ID); err != nil {
			return gone, err
		}
		gone++
	}
	// Bytes whose upload is known a moment later are being begun: only old ones count.
	left, err := s.Parts.Left(time.Now().Add(-expireEvery))
	if err != nil {
		return gone, err
	}
	for _, id := range left {
		u, err := s.Store.Upload(ctx, system, council.ID(id))
		if err == nil && u.State != council.UploadDone {
			continue
		}
		if err != nil && council.KindOf(err) != council.NotFound {
			return gone, err
		}
		if err := s.Parts.Remove(id); err != nil && council.KindOf(err) != council.Conflict {
			return gone, err
		}
		gone++
	}
	return gone, nil
}
