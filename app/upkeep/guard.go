package upkeep

import (
	"context"
	"errors"
	"io"

	"ris/app/council"
	"ris/documents/blob"
)

// Guard is a blob store whose writers are safe from a collection at the same moment. Bytes that are already there may be about to be
// deleted: after writing, the note about them is taken back, which waits for a deletion under way, and the bytes are looked for.
// What was written within the last hour is not noted at all, so until the writer has named the blob nothing happens to it.
type Guard struct {
	blob.Keeper
	Store interface {
		SuspectKnown(ctx context.Context, key council.BlobKey) (bool, error)
		SpareBlob(ctx context.Context, key council.BlobKey) error
	}
}

// Put implements blob.Store.
func (g *Guard) Put(ctx context.Context, area blob.Area, r io.Reader, limit int64) (string, int64, error) {
	sum, size, err := g.Keeper.Put(ctx, area, r, limit)
	if err != nil {
		return sum, size, err
	}
	key := council.BlobKey{Area: string(area), SHA256: sum}
	known, err := g.Store.SuspectKnown(ctx, key)
	if err != nil || !known {
		return sum, size, err
	}
	if err := g.Store.SpareBlob(ctx, key); err != nil {
		return "", 0, err
	}
	there, err := g.Keeper.Open(ctx, area, sum)
	if err == nil {
		return sum, size, there.Close()
	}
	if council.KindOf(err) != council.NotFound {
		return "", 0, err
	}
	again, ok := r.(io.Seeker)
	if !ok {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(errors.New("the blob was deleted at the moment in which it was written again"))
	}
	if _, err := again.Seek(0, io.SeekStart); err != nil {
		return "", 0, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return g.Keeper.Put(ctx, area, r, limit)
}
