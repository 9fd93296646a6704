package packets

import (
	"context"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// RenditionStore is what renditions need of the database.
type RenditionStore interface {
	RenditionOf(ctx context.Context, v policy.Viewer, version council.ID) (council.Rendition, error)
	RenditionsOf(ctx context.Context, v policy.Viewer, versions []council.ID) (map[council.ID]council.Rendition, error)
	SaveRenditionOf(ctx context.Context, r council.Rendition) error
}

// MakeRenditionsJob is the function of make_renditions: pictures of the pages, accessibility report, and a reduced reading copy of
// what is heavy. Repeat-safe: what was made before is replaced. Nothing of it is needed for reading or publishing.
func (s *Service) MakeRenditionsJob(ctx context.Context, j jobs.MakeRenditions) error {
	v, err := s.Store.FileVersion(ctx, system, j.Version)
	if err != nil && council.KindOf(err) == council.NotFound || err == nil && !v.Processing.Ready() {
		return nil
	}
	if err != nil {
		return err
	}
	r, err := s.Documents.Renditions(ctx, v.Prepared, len(v.PageSizes), func(done, total int) {
		if s.Progress != nil {
			s.Progress(ctx, done, total)
		}
	})
	if err != nil {
		return err
	}
	r.Version, r.Made = v.ID, s.Clock()
	err = s.Store.SaveRenditionOf(ctx, r)
	if council.KindOf(err) == council.Conflict && err != nil {
		return nil // the version was deleted meanwhile
	}
	return err
}

// RenditionVersion names the version of the job, for its steps.
func RenditionVersion(_ context.Context, j jobs.MakeRenditions) council.ID { return j.Version }
