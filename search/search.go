package search

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Document is one file version with all its pages. Sequence grows with each change of the file; a lower one than the engine
// has applied is a no-op, so late or repeated jobs do no harm.
type Document struct {
	File      council.ID
	Paper     council.ID
	Version   council.ID
	Body      council.ID
	Sequence  int64
	Title     string // paper name and reference; found as well as the text
	Reference string // "V/2026/0123"
	PaperType string
	Date      time.Time
	Audience  council.Audience
	Pages     []Page
}

// Page is the joined text of one page (hyphens at line ends taken out).
type Page struct {
	Number int
	Text   string
}

// Writer changes the index. Calls return when the change is visible to Search (embedded) or accepted (Meilisearch: Flush waits).
type Writer interface {
	// Replace puts all pages of the file in the place of what was indexed of it before.
	Replace(ctx context.Context, d Document) error
	// SetAudience changes the labels of an indexed file without its text.
	SetAudience(ctx context.Context, file council.ID, a council.Audience, sequence int64) error
	// Delete takes the file out.
	Delete(ctx context.Context, file council.ID, sequence int64) error
	// Flush waits until everything accepted so far is visible.
	Flush(ctx context.Context) error
	// Reset empties the index for a rebuild.
	Reset(ctx context.Context) error
}

// Query is what a person typed. An empty Text is an error of kind Invalid. "..." asks for a phrase; the last word is open
// (prefix) unless the text ends with a space or a quote.
type Query struct {
	Text   string
	Body   council.ID   // or empty
	Papers []council.ID // restrict to these papers; nil = all
	Offset int
	Limit  int // 1..100, default 20
}

// Hit is the best page of one file.
type Hit struct {
	File    council.ID
	Paper   council.ID
	Version council.ID
	Page    int // from 1; 0 when only the title matched
	Pages   int // how many pages of the file match
}

// Answer is a page of hits, one per file, best first. Total is exact unless Partial.
type Answer struct {
	Hits    []Hit
	Total   int
	Partial bool
}

// Reader answers queries. The viewer's labels filter inside the engine, in every code path; the zero Viewer finds nothing.
// Errors: council.Invalid (bad query), council.Unavailable (engine down).
type Reader interface {
	Search(ctx context.Context, viewer policy.Viewer, q Query) (Answer, error)
}

// Engine is what an adapter gives.
type Engine interface {
	Reader
	Writer
	Stats(ctx context.Context) (files, pages int, err error)
	Close() error
}

// Range is a marked part of a text: bytes [Start, End).
type Range struct {
	Start, End int
	Part       bool // a part of a compound word, not the whole word
}

// Marker finds what a query matches in a text; search/german has it. The same marks with every engine.
type Marker interface {
	// Marks returns the ranges of text that the query's words match, in order, without overlaps.
	Marks(query, text string) []Range
}
