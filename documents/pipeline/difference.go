package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/compare"
	"ris/documents/sandbox"
)

// differenceTime is what the pictures of one pair of versions may take; the drawings come first.
const differenceTime = 2 * time.Minute

var differenceSteps = map[string]time.Duration{"": time.Minute, "open": 10 * time.Second, "draw": 20 * time.Second}

// mostPairs bounds what a child may send: pages of one document.
const mostPairs = 5000

// Difference compares how pages of two versions look. all = every page that was asked for was looked at; what was found until the time
// was over, or until a page ended the child, is given in any case. An error is ours.
func (p *Pipeline) Difference(ctx context.Context, old, new documents.Input, pages compare.Pairs) (found []compare.PagePicture, all bool, err error) {
	if len(pages.Pairs) == 0 && len(pages.Gaps) == 0 {
		return nil, true, nil
	}
	if err := p.Warm(ctx); err != nil {
		return nil, false, err
	}
	o := differenceOrder{CacheDir: p.config.CacheDir, Pages: pages, Budget: differenceTime,
		Upright: [2]bool{old.Mode == council.Raster, new.Mode == council.Raster}}
	var files []*os.File
	for _, side := range []struct {
		in   documents.Input
		size *int64
	}{{old, &o.OldSize}, {new, &o.NewSize}} {
		f, size, err := p.openPDF(ctx, side.in)
		if err != nil {
			return nil, false, err
		}
		defer f.Close()
		files, *side.size = append(files, f), size
	}
	take := func(b []byte) error {
		var pair compare.PagePicture
		if len(b) == 0 || b[0] != piecePair || json.Unmarshal(b[1:], &pair) != nil || len(found) >= mostPairs {
			return errPiece
		}
		found = append(found, pair)
		return nil
	}
	var v differenceVerdict
	_, err = p.pool.Run(ctx, sandbox.Call{Task: taskDifference, Arguments: o, Files: files, Steps: differenceSteps, Total: differenceTime + time.Minute, Data: take}, &v)
	var f *sandbox.Failure
	var t *sandbox.TaskError
	switch {
	case ctx.Err() != nil:
		return nil, false, ctx.Err()
	case errors.As(err, &f), errors.As(err, &t), errors.Is(err, errPiece):
		p.config.Log.Warn("pages of two versions could not all be compared", "cause", err)
		return found, false, nil
	case err != nil:
		return nil, false, ours(err)
	}
	return found, v.All, nil
}
