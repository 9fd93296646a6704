package blob

import (
	"context"
	"errors"
	"fmt"
	"io"

	"ris/app/council"
)

// Only shows one area of a store, to be read: what serves the public alone gets Only{all, Public}. Everything outside of it is
// council.NotFound, as if it had never been; writing is an error of kind council.Internal.
type Only struct {
	From Store
	Area Area
}

var _ Store = Only{}

// Open implements Store.
func (o Only) Open(ctx context.Context, area Area, sha256 string) (Reader, error) {
	if area != o.Area {
		return nil, council.ErrNotFound()
	}
	return o.From.Open(ctx, area, sha256)
}

// Path implements Store.
func (o Only) Path(area Area, sha256 string) (string, bool) {
	if area != o.Area {
		return "", false
	}
	return o.From.Path(area, sha256)
}

// Put implements Store.
func (o Only) Put(context.Context, Area, io.Reader, int64) (string, int64, error) {
	return "", 0, o.readOnly()
}

// Delete implements Store.
func (o Only) Delete(context.Context, Area, string) error { return o.readOnly() }

func (o Only) readOnly() error {
	return council.E(council.Internal, "error.internal").Because(fmt.Errorf("blobs: %w", errors.ErrUnsupported))
}
