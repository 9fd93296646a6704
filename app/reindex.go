package app

import (
	"context"
	"fmt"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// refill asks for every file to be indexed when an index is empty: a new search server, a restored database without its index, or
// an index of an older analysis that was removed. Nothing is done when both hold something; the public's may be empty as long as
// nothing is public, else each start of a young installation would ask for all its files again.
func (a *App) refill(ctx context.Context) error {
	internal, _, err := a.Index.Stats(ctx)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	public, _, err := a.PublicIndex.Stats(ctx)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	missed := false
	if public == 0 {
		if missed, err = a.Store.AnyPublicFile(ctx); err != nil {
			return err
		}
	}
	if internal > 0 && !missed {
		return nil
	}
	system := policy.System("refill the search index")
	var after council.ID
	for {
		papers, err := a.Store.Papers(ctx, system, council.PaperFilter{After: after, Limit: 200})
		if err != nil || len(papers) == 0 {
			return err
		}
		ids := make([]council.ID, len(papers))
		for i, p := range papers {
			ids[i] = p.ID
		}
		after = ids[len(ids)-1]
		files, err := a.Store.Files(ctx, system, council.FileFilter{Papers: ids})
		if err != nil {
			return err
		}
		err = a.Store.InTx(ctx, func(ctx context.Context) error {
			for _, f := range files {
				if err := a.Store.Enqueue(ctx, jobs.IndexFile{File: f.ID}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
