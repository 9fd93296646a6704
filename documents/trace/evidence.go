package trace

import (
	"fmt"
	"slices"
)

// Evidence is what was read from a file that was found: everything that can lead to a copy, and nothing of what the file says. It
// names nobody by itself; Match does, with the installation's key and the ledger.
type Evidence struct {
	Kind    Kind       `json:"kind"`
	Pages   int        `json:"pages"`             // of the file; 1 for a picture; 0 = could not be counted
	IDs     []string   `json:"ids,omitempty"`     // second strings of file identifiers, 32 hex digits, newest last
	Codes   []ReadCode `json:"codes,omitempty"`   // visible copy codes
	Marked  bool       `json:"marked,omitempty"`  // a visible mark of our form was found as a drawing
	Shifts  []Moved    `json:"shifts,omitempty"`  // of pages, those that are not zero
	Unclear []string   `json:"unclear,omitempty"` // message keys: what could not be looked at, and why
}

// Kind says how a file was read.
type Kind string

// The kinds of files: a PDF with content, or pictures (photo, scan, PDF of scanned pages).
const (
	KindPDF     Kind = "pdf"
	KindPicture Kind = "picture"
)

// ReadCode is a visible code as it was read. Drawn: from the mark's outlines, letter for letter; else by text recognition, which errs.
type ReadCode struct {
	Text  string `json:"text"` // "7K3M-Q9XA"
	Page  int    `json:"page"` // from 1
	Drawn bool   `json:"drawn,omitempty"`
}

// Moved is a page with a shift at its beginning, in ten-thousandths of a point, and the digest of its letters (see Digest), by which
// the same page is found in a base; Text is empty when it has none or was not read.
type Moved struct {
	Page int    `json:"page"` // of the file that was found, from 1
	X    int    `json:"x"`
	Y    int    `json:"y"`
	Text string `json:"text,omitempty"`
}

// The ways in which a copy can be recognised, as they are named to people (message keys "trace.way.<way>").
const (
	WayCode        = "code"        // visible code, read as a drawing
	WayPicture     = "picture"     // visible code, read by text recognition
	WayID          = "id"          // second /ID string
	WayFingerprint = "fingerprint" // shifts of the pages
)

// Ways lists which marks are there, without saying whose they are.
func (e Evidence) Ways() []string {
	var out []string
	if slices.ContainsFunc(e.Codes, func(c ReadCode) bool { return c.Drawn }) {
		out = append(out, WayCode)
	}
	if slices.ContainsFunc(e.Codes, func(c ReadCode) bool { return !c.Drawn }) {
		out = append(out, WayPicture)
	}
	if len(e.IDs) > 0 {
		out = append(out, WayID)
	}
	if len(e.Shifts) > 0 {
		out = append(out, WayFingerprint)
	}
	return out
}

// AddCode notes a code once.
func (e *Evidence) AddCode(c ReadCode) {
	if !slices.ContainsFunc(e.Codes, func(x ReadCode) bool { return x.Text == c.Text && x.Drawn == c.Drawn }) && len(e.Codes) < mostFound {
		e.Codes = append(e.Codes, c)
	}
}

// AddUnclear notes a message key once.
func (e *Evidence) AddUnclear(key string) {
	if !slices.Contains(e.Unclear, key) {
		e.Unclear = append(e.Unclear, key)
	}
}

// mostFound bounds what a made file can put into the evidence, of each kind but shifts (one for each page).
const (
	mostFound  = 200
	mostShifts = 5000
)

// Check refuses evidence that no file can give: it comes from a child that has read foreign bytes.
func (e Evidence) Check() error {
	if e.Kind != KindPDF && e.Kind != KindPicture || e.Pages < 0 || len(e.IDs) > mostFound || len(e.Codes) > mostFound || len(e.Shifts) > mostShifts || len(e.Unclear) > 20 {
		return fmt.Errorf("evidence of kind %q with %d ids, %d codes, %d shifts", e.Kind, len(e.IDs), len(e.Codes), len(e.Shifts))
	}
	for _, id := range e.IDs {
		if !isHex(id, 32) {
			return fmt.Errorf("%q is no file identifier", id)
		}
	}
	for _, c := range e.Codes {
		if Spelled(c.Text) != c.Text {
			return fmt.Errorf("%q is no copy code", c.Text)
		}
	}
	for _, s := range e.Shifts {
		if s.Text != "" && !isHex(s.Text, 2*digestBytes) {
			return fmt.Errorf("%q is no digest", s.Text)
		}
	}
	return nil
}

func isHex(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// What could not be looked at: message keys.
const (
	UnclearFile    = "trace.unclear.file"    // neither a PDF nor a picture that can be read
	UnclearLarge   = "trace.unclear.large"   // more content than is looked at
	UnclearReader  = "trace.unclear.reader"  // no text recognition is installed
	UnclearPicture = "trace.unclear.picture" // the picture holds no code that could be read
	UnclearTime    = "trace.unclear.time"    // it took too long
)
