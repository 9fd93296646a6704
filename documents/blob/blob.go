package blob

import (
	"context"
	"io"
	"time"
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
	// Open gives council.NotFound when there is no such blob. Every byte that the reader gives is checked against the sums that were made
	// when the blob was written; where they are missing, Open reads and checks the whole blob. Damaged bytes are an error of kind
	// council.Internal and never given out.
	Open(ctx context.Context, area Area, sha256 string) (Reader, error)
	Delete(ctx context.Context, area Area, sha256 string) error
	// Path is the local file of the blob for handing to the sandbox's parent, all of it checked; ok is false when the store is remote
	// and when the bytes are damaged: reading them by Open then says so.
	Path(area Area, sha256 string) (path string, ok bool)
}

// Info is one blob of a list.
type Info struct {
	SHA256   string
	Size     int64
	Modified time.Time // when these bytes were written last
}

// Keeper is a Store with what the upkeep needs: collection, scrubber, report. Both backends are Keepers.
type Keeper interface {
	Store
	// List calls each for every blob of the area, in no order; an error of each ends it and comes back.
	List(ctx context.Context, area Area, each func(Info) error) error
	// Check reads the whole blob and compares its hash: council.NotFound when it is not there, council.Internal when it is damaged.
	Check(ctx context.Context, area Area, sha256 string) error
}
