package readmodel

import (
	"context"
	"time"

	"ris/app/council"
)

// Reader is everything that the portal and OParl can reach of the database: rows of the tables public_*, nothing else.
// What is not there gives council.NotFound. Lists never hold tombstones unless the method says so.
type Reader interface {
	// PublicObject may be a tombstone.
	PublicObject(ctx context.Context, id council.ID) (Object, error)
	// PublicObjects gives those of ids that exist, tombstones too, in the order of ids.
	PublicObjects(ctx context.Context, ids []council.ID) ([]Object, error)
	// PublicList is a page of an OParl list, ordered by id; total counts the whole list, before how many lie before the page.
	PublicList(ctx context.Context, f ListFilter) (page []Object, total, before int, err error)
	// PublicLinked gives the objects of type t that have the relation to one of targets, ordered by position, then id;
	// tombstones too.
	PublicLinked(ctx context.Context, t Type, r Relation, targets []council.ID) ([]Linked, error)
	// PublicTargets are the targets of an object's links of one relation, by position; a tombstone's, too.
	PublicTargets(ctx context.Context, source council.ID, r Relation) ([]council.ID, error)
	// PublicTimeline gives objects of type t of a Body (empty = all) with from <= SortAt < to (zero = open).
	PublicTimeline(ctx context.Context, f TimelineFilter) ([]Object, error)
	// PublicFile gives the row of a file that is public now.
	PublicFile(ctx context.Context, id council.ID) (FileRow, error)
	// PublicPages gives the texts of the wanted pages of a file; no pages = all of them.
	PublicPages(ctx context.Context, file council.ID, pages ...int) ([]PageRow, error)
	// PublicLatest is the newest Modified of a type in a Body (empty = all), tombstones included; zero when there is none.
	PublicLatest(ctx context.Context, t Type, body council.ID) (time.Time, error)
}

// ListFilter narrows an OParl list (OParl 1.1, section "Filter"). Bounds are inclusive; zero times do not narrow.
// Tombstones are in the list if and only if ModifiedSince is given.
type ListFilter struct {
	Type          Type
	Body          council.ID // or empty
	Relation      Relation   // with Target: only objects with this link
	Target        council.ID
	CreatedSince  time.Time
	CreatedUntil  time.Time
	ModifiedSince time.Time
	ModifiedUntil time.Time
	After         council.ID // id of the last object of the page before
	Limit         int        // at least 1
}

// TimelineFilter narrows PublicTimeline. Descending = latest first. Limit 0 = all.
type TimelineFilter struct {
	Type       Type
	Body       council.ID
	From, To   time.Time
	Descending bool
	Limit      int
	Offset     int
}

// Linked is an object found by a link, with the target that it was found by.
type Linked struct {
	Object
	Target   council.ID
	Position int
}

// Written is an object with its links, as SavePublicObject takes them.
type Written struct {
	Object
	Links []Link // nil = as they are
}

// Writer is the pen of app/publication. All methods use the transaction in ctx.
type Writer interface {
	Reader
	// PublicHeads gives id, type, body, content, times and deleted of those of ids that exist, without OParl.
	PublicHeads(ctx context.Context, ids []council.ID) (map[council.ID]Object, error)
	// SavePublicObject inserts or replaces the row and its links. links nil keeps the links as they are.
	SavePublicObject(ctx context.Context, o Object, links []Link) error
	// SavePublicObjects does the same for many, each named once.
	SavePublicObjects(ctx context.Context, all []Written) error
	// SavePublicFile inserts or replaces the row and its pages.
	SavePublicFile(ctx context.Context, f FileRow, pages []PageRow) error
	// DeletePublicFile takes the row and its pages away; no row is no error.
	DeletePublicFile(ctx context.Context, id council.ID) error
	// PublicBlobUsed reports whether a public file still lies in that blob.
	PublicBlobUsed(ctx context.Context, blob string) (bool, error)
	// SaveRendition remembers the SHA-512 and size of a public rendition that was written.
	SaveRendition(ctx context.Context, blob, sha512 string, size int64) error
	// Rendition gives what SaveRendition kept; council.NotFound when there is none.
	Rendition(ctx context.Context, blob string) (sha512 string, size int64, err error)
	// DeleteRendition forgets it; none is no error.
	DeleteRendition(ctx context.Context, blob string) error
}
