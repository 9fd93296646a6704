package papers

import (
	"context"

	"ris/app/jobs"
)

// DepublishJob is the function of depublish: the flip came before, now the public renditions of versions that are not public
// any more are deleted. A version that was published again meanwhile keeps its own.
func (s *Service) DepublishJob(ctx context.Context, j jobs.Depublish) error {
	versions, err := s.Store.FileVersions(ctx, system, j.File)
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Prepared.Public == "" || v.Audience.Public() {
			continue
		}
		// In one transaction: a publication that runs at the same time either comes before and is seen here, or comes after and
		// looks once more whether its renditions are there (meetings.RunPublish).
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			now, err := s.Store.FileVersion(ctx, system, v.ID)
			if err != nil || now.Audience.Public() || now.Prepared.Public == "" {
				return err
			}
			if err := s.Public.DropRendition(ctx, now.Prepared.Public); err != nil {
				return err
			}
			now.Prepared.Public, now.Prepared.PublicSize = "", 0
			return s.Store.SaveFileVersion(ctx, &now)
		})
		if err != nil && !gone(err) {
			return err
		}
	}
	return nil
}
