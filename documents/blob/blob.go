package blob

import (
	"context"
	"io"
)

// Area is a prefix with its own rights: the portal's process holds a key for Public only.
type Area string

const (
	Originals Area = "originals" // as uploaded
	Bases     Area = "bases"     // prepared for personal copies; reachable by no URL
	Public    Area = "public"    // public renditions
	Text      Area = "text"      // page text with boxes, compact
	Converted Area = "converted" // PDFs made of originals that are none
	Rendition Area = "rendition" // thumbnails and reduced reading copies: as secret as the base
	Packets   Area = "packets"   // bases of merged packets; reachable by no URL
)

// Areas lists them all.
func Areas() []Area { return []Area{Originals, Bases, Public, Text, Converted, Rendition, Packets} }

// Reader reads at offsets; it is also an io.Reader from the start. Close it.
type Reader interface {
	io.ReaderAt
	io.ReadSeekCloser
	Size() int64
}

// Store keeps blobs. All methods may be called from many goroutines.
type Store interface {
	// Put streams r to the store, hashing on the way, and returns hex SHA-256 and size in bytes. More than limit bytes
	// (0 = none) give a council.TooLarge error and leave nothing behind; so does a broken reader. Writing the same bytes
	// twice is one blob.
	Put(ctx context.Context, area Area, r io.Reader, limit int64) (sha256 string, size int64, err error)
	// Open gives council.NotFound when there is no such blob.
	Open(ctx context.Context, area Area, sha256 string) (Reader, error)
	Delete(ctx context.Context, area Area, sha256 string) error
	// Path is the local file of the blob for handing to the sandbox's parent; ok is false when the store is remote.
	Path(area Area, sha256 string) (path string, ok bool)
}
