package api

import (
	"time"

	"ris/app/council"
)

// Difference is what changed between two versions of a file.
type Difference struct {
	File     string          `json:"file" doc:"path of the viewer's copy"`
	Name     string          `json:"name"`
	From     ComparedVersion `json:"from"`
	To       ComparedVersion `json:"to"`
	State    string          `json:"state" enum:"preparing,ready,failed" doc:"preparing: ask again in a second"`
	Pictures string          `json:"pictures" enum:"pending,done,partial" doc:"how far the comparison of pages that look different is"`
	// NonPublic: one of the two is not public.
	NonPublic  bool             `json:"nonPublic"`
	Counts     DifferenceCounts `json:"counts"`
	Similarity int              `json:"similarity" minimum:"0" maximum:"100" doc:"percent of the words that both have; 100 only when all are the same"`
	Note       string           `json:"note" enum:",lines,pages,text,cut" doc:"lines, pages: too long for single words; text: one side has no text; cut: there is more than is shown"`
	// Rows are the paragraphs with changes and one around each; the others are folded.
	Rows    []DifferenceRow    `json:"rows"`
	Next    string             `json:"next" doc:"path of the rows that follow, or empty"`
	Changes []DifferenceChange `json:"changes" doc:"with the first page of rows: all changes; changes[n-1] has number n"`
	Pages   []DifferencePage   `json:"pages" doc:"pages that look different although their words do not say why"`
}

// ComparedVersion is one side.
type ComparedVersion struct {
	ID          council.ID `json:"id" format:"uuid"`
	Number      int        `json:"number"`
	PublishedAt *time.Time `json:"publishedAt"`
	Reason      string     `json:"reason"`
	State       string     `json:"state" enum:"draft,published,withdrawn"`
	Pages       int        `json:"pages"`
	URL         string     `json:"url" doc:"path of the viewer's copy of this version"`
}

// DifferenceCounts counts changes.
type DifferenceCounts struct {
	All     int `json:"all"`
	Added   int `json:"added"`
	Removed int `json:"removed"`
	Changed int `json:"changed"`
	Moved   int `json:"moved"`
	Pages   int `json:"pages" doc:"pages that look different"`
}

// DifferenceRow is a paragraph on both sides, or Folded paragraphs without changes that are asked for with first and last.
type DifferenceRow struct {
	Index   int              `json:"index" doc:"from 0"`
	Folded  int              `json:"folded" doc:"0 = a row; else this many rows from index on, without text"`
	OldPage int              `json:"oldPage" doc:"from 1; 0 = not on this side"`
	NewPage int              `json:"newPage"`
	Parts   []DifferencePart `json:"parts"`
}

// DifferencePart is a stretch of words. The old side shows same, old (with in = 0) and away; the new side same, new and here.
type DifferencePart struct {
	Text   string `json:"text"`
	Kind   string `json:"kind" enum:"same,old,new,away,here"`
	Change int    `json:"change" doc:"number of the change; 0 for same"`
	In     int    `json:"in" doc:"number of the moved block inside which these words were changed; 0 = none"`
}

// DifferenceChange is one thing that happened, and where.
type DifferenceChange struct {
	Number  int         `json:"number"`
	Kind    string      `json:"kind" enum:"added,removed,changed,moved"`
	OldPage int         `json:"oldPage" doc:"0 = nothing stood there"`
	NewPage int         `json:"newPage"`
	OldText string      `json:"oldText" doc:"at most about 2,000 letters"`
	NewText string      `json:"newText"`
	Old     []PageMarks `json:"old" doc:"where the words stand in the old version"`
	New     []PageMarks `json:"new"`
}

// DifferencePage is a pair of pages that look different. A page that came or went has no partner (0).
type DifferencePage struct {
	OldPage int                `json:"oldPage"`
	NewPage int                `json:"newPage"`
	Regions []DifferenceRegion `json:"regions"`
}

// DifferenceRegion is where: x0, y0, x1, y1 in the PDF user space of either page.
type DifferenceRegion struct {
	Kind string     `json:"kind" enum:"added,removed,changed"`
	Old  [4]float64 `json:"old"`
	New  [4]float64 `json:"new"`
}
