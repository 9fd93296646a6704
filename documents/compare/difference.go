package compare

// Kind says what happened to a change's words.
type Kind string

// The kinds of a Change.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
	Moved   Kind = "moved"
)

// Difference is what changed from one version to another.
type Difference struct {
	// Rows are the paragraphs in the order of reading, equal ones too.
	Rows []Row `json:"r"`
	// Changes are numbered from 1: Changes[n-1] is change n.
	Changes []Change `json:"c"`
	// OldPages and NewPages count the pages.
	OldPages int `json:"op"`
	NewPages int `json:"np"`
	// OldWords and NewWords count the words, Same those that stand on both sides, moved ones included.
	OldWords int `json:"ow"`
	NewWords int `json:"nw"`
	Same     int `json:"s"`
	// Pairs are the pages that show the same text, or so little that only a picture can tell; see Pairs.
	Pairs Pairs `json:"-"`
	Note  Note  `json:"n,omitempty"`
	// Pictures are the pages that look different although their words do not say so; filled by the picture comparison.
	Pictures []PagePicture `json:"p,omitempty"`
}

// Note says how far a Difference can be relied on.
type Note string

// The notes; empty = word by word, everything.
const (
	ByLines Note = "lines" // too many words: lines were compared
	ByPages Note = "pages" // too many lines: pages were compared
	NoText  Note = "text"  // at least one side has no text at all
	CutOff  Note = "cut"   // there is more than is shown
)

// Row is one paragraph on both sides, or several that were split or joined; one side may be empty.
type Row struct {
	OldPage int    `json:"o,omitempty"` // from 1; 0 = nothing on this side
	NewPage int    `json:"n,omitempty"`
	Parts   []Part `json:"t"`
}

// Same reports whether nothing in the row changed.
func (r Row) Same() bool {
	for _, p := range r.Parts {
		if p.Kind != "" {
			return false
		}
	}
	return true
}

// PartKind says on which side a part stands.
type PartKind string

// The kinds of a Part; empty = on both sides.
const (
	Both PartKind = ""
	Old  PartKind = "old"  // gone, or what stood here before
	New  PartKind = "new"  // came, or what stands here now
	Away PartKind = "away" // stood here, stands elsewhere now
	Here PartKind = "here" // stands here, stood elsewhere before
)

// Part is a stretch of words. The old side of a row are its parts Both, Old (with In = 0) and Away, the new side those Both, New and Here.
type Part struct {
	Text   string   `json:"t"`
	Kind   PartKind `json:"k,omitempty"`
	Change int      `json:"c,omitempty"` // number of the change; 0 for Both
	// In is the number of the move inside which this part (Old, New) stands; 0 = none. Such words did not stand in this row before.
	In int `json:"i,omitempty"`
}

// Change is one thing that happened.
type Change struct {
	Kind    Kind    `json:"k"`
	OldPage int     `json:"o,omitempty"` // of its first word, from 1; 0 = nothing
	NewPage int     `json:"n,omitempty"`
	OldText string  `json:"a,omitempty"` // at most about 2,000 letters
	NewText string  `json:"b,omitempty"`
	Old     []Place `json:"x,omitempty"`
	New     []Place `json:"y,omitempty"`

	oldWords, newWords []span
}

// Place is where words stand: one quad per line, PDF user space (points, origin bottom left, unrotated): x0, y0, x1, y1.
type Place struct {
	Page  int
	Quads [][4]float64
}

// PagePicture is a pair of pages that look different.
type PagePicture struct {
	OldPage int      `json:"o,omitempty"` // 0 = the page is new
	NewPage int      `json:"n,omitempty"` // 0 = the page is gone
	Regions []Region `json:"g,omitempty"`
}

// Region is a part of the picture that changed, in the user space of either page.
type Region struct {
	Kind Kind       `json:"k"` // Added, Removed or Changed
	Old  [4]float64 `json:"a"`
	New  [4]float64 `json:"b"`
}

// Count is how many changes of a kind there are; "" counts all.
func (d *Difference) Count(k Kind) int {
	n := 0
	for _, c := range d.Changes {
		if k == "" || c.Kind == k {
			n++
		}
	}
	return n
}

// Similarity is the share of words that both sides have, 0 to 1; 1 for two texts without words.
func (d *Difference) Similarity() float64 {
	if d.OldWords+d.NewWords == 0 {
		return 1
	}
	return 2 * float64(d.Same) / float64(d.OldWords+d.NewWords)
}
