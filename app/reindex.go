package app

import (
	"context"
	"fmt"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// refill asks for every file that was indexed before to be indexed again when an index is empty: a new search server, a restored database
// without its index, or an index of an older analysis that was removed. Nothing is done when both hold something. The public's may be
// empty as long as nothing is public, and what waits to be read for the first time has its job already: else each start of a young
// installation would ask for all its files once more.
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
		files, err := a.Store.SearchableFiles(ctx, system, after, 500)
		if err != nil || len(files) == 0 {
			return err
		}
		after = files[len(files)-1]
		err = a.Store.InTx(ctx, func(ctx context.Context) error {
			for _, f := range files {
				if err := a.Store.Enqueue(ctx, jobs.IndexFile{File: f}); err != nil {
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
