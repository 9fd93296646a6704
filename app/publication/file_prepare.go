package publication

import (
	"context"
	"crypto/sha512"
	"encoding/hex"
	"io"

	"ris/app/council"
	"ris/documents/blob"
)

// PrepareFile writes the public rendition of a version: its base with the empty slot, copied to the area Public. It is a
// repeat-safe job step outside of any transaction and makes nothing public: no URL leads to the bytes before a projection.
// It returns the blob's key (hex SHA-256) and size in bytes, which the caller keeps in Prepared.Public and PublicSize.
// council.Conflict when the version is not prepared yet.
func (p *Publication) PrepareFile(ctx context.Context, version council.FileVersion) (string, int64, error) {
	if !version.Processing.Ready() || version.Prepared.Blob == "" {
		return "", 0, council.E(council.Conflict, "publication.error.not_prepared")
	}
	key := version.Prepared.Blob
	if there, size, err := p.rendition(ctx, key); err != nil || there {
		return key, size, err
	}
	base, err := p.blobs.Open(ctx, blob.Bases, key)
	if err != nil {
		return "", 0, err
	}
	defer base.Close()
	sum := sha512.New()
	written, size, err := p.blobs.Put(ctx, blob.Public, io.TeeReader(base, sum), 0)
	if err != nil {
		return "", 0, err
	}
	if err := p.model.SaveRendition(ctx, written, hex.EncodeToString(sum.Sum(nil)), size); err != nil {
		return "", 0, err
	}
	return written, size, nil
}

// rendition reports whether the bytes and their checksum are both there; a half-done earlier try is done again.
func (p *Publication) rendition(ctx context.Context, key string) (there bool, size int64, err error) {
	_, size, err = p.model.Rendition(ctx, key)
	if council.KindOf(err) == council.NotFound && err != nil {
		return false, 0, nil
	}
	if err != nil {
		return false, 0, err
	}
	r, err := p.blobs.Open(ctx, blob.Public, key)
	if err != nil && council.KindOf(err) == council.NotFound {
		return false, 0, nil
	}
	if err != nil {
		return false, 0, err
	}
	defer r.Close()
	return r.Size() == size, size, nil
}

// DropRendition deletes the bytes of a public rendition after a withdrawal, unless another public file lies in the same blob.
// It is the job step that follows the flip, repeat-safe.
func (p *Publication) DropRendition(ctx context.Context, publicBlob string) error {
	if publicBlob == "" {
		return nil
	}
	return p.source.InTx(ctx, func(ctx context.Context) error {
		used, err := p.model.PublicBlobUsed(ctx, publicBlob)
		if err != nil || used {
			return err
		}
		if err := p.model.DeleteRendition(ctx, publicBlob); err != nil {
			return err
		}
		if err := p.blobs.Delete(ctx, blob.Public, publicBlob); err != nil && council.KindOf(err) != council.NotFound {
			return err
		}
		return nil
	})
}
