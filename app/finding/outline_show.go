package finding

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Outline gives bookmarks, links and language of a version that the viewer may read; empty when it has none of them.
func (s *Service) Outline(ctx context.Context, v policy.Viewer, version council.ID) (council.DocumentOutline, error) {
	return s.Store.Outline(ctx, v, version)
}
