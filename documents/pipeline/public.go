package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/copies"
	"ris/documents/raster"
)

// PublicRendition writes the public file of a prepared version, the base with its slot empty, under the public prefix, and returns its
// key and size for Prepared.Public. Repeat-safe: the same version gives the same key.
func PublicRendition(ctx context.Context, blobs blob.Store, p council.Prepared) (key string, size int64, err error) {
	base, err := blobs.Open(ctx, blob.Bases, p.Blob)
	if err != nil {
		return "", 0, err
	}
	defer base.Close()
	broken := func(cause error) error { return council.E(council.Internal, "error.internal").Because(cause) }
	if p.Parts.Mode == council.Raster && base.Size() == p.Size {
		return publicPictures(ctx, blobs, base, p)
	}
	if base.Size() != p.Size || p.SlotLength <= 0 || p.SlotOffset+p.SlotLength > p.Size {
		return "", 0, broken(errors.New("the base is not what was recorded"))
	}
	// Nobody's name may get out: a slot that is not empty is a fault in our own work.
	empty, err := copies.EmptySlot(p.SlotObject, p.SlotLength)
	if err != nil {
		return "", 0, broken(err)
	}
	slot := make([]byte, p.SlotLength)
	if _, err := base.ReadAt(slot, p.SlotOffset); err != nil || !bytes.Equal(slot, empty) {
		return "", 0, broken(errors.Join(err, errors.New("the slot of the base is not empty")))
	}
	return blobs.Put(ctx, blob.Public, io.NewSectionReader(base, 0, p.Size), 0)
}

// publicPictures writes the unmarked PDF of a raster base.
func publicPictures(ctx context.Context, blobs blob.Store, base blob.Reader, p council.Prepared) (key string, size int64, err error) {
	stack, err := raster.Open(base, p.Size)
	if err != nil {
		return "", 0, council.E(council.Internal, "error.internal").Because(err)
	}
	r, w := io.Pipe()
	go func() {
		_, err := raster.WritePlain(w, stack, p.Blob[:32])
		_ = w.CloseWithError(err)
	}()
	defer r.Close() // ends the writer when the store has had enough
	return blobs.Put(ctx, blob.Public, r, 0)
}
