package documents

import (
	"context"

	"ris/app/council"
)

// Pipeline looks at one uploaded PDF and prepares it once for all personal copies.
// It never panics on foreign bytes and never lets them touch the serving process: the work is done in a limited child.
type Pipeline interface {
	// Process reads the original from the blob store and writes the base (and, with Public, the public rendition) back to it.
	// A file that cannot be accepted is no error: Result.Refused names the message key. An error is ours
	// (council.Unavailable: no child could be started, disk full): the job is tried again.
	Process(ctx context.Context, in Input) (Result, error)
}

// Input names one upload.
type Input struct {
	SHA256    string // blob key of the original
	Converted string // blob key (area Converted) of the PDF made of it, when the original is none
	Name      string // for messages only
	Mode      council.PreparationMode
	// Progress is called when a step begins and as it goes on: done of total (pages; 0 of 0 = not countable). May be nil.
	Progress func(step Step, done, total int)
}

// Step is a part of the work on a version, as people see it.
type Step string

// The steps in the order in which they happen.
const (
	StepScan      Step = "scan"      // by the virus scanner, when one is configured
	StepConvert   Step = "convert"   // of an Office file, picture or e-mail into PDF
	StepPrepare   Step = "prepare"   // rewriting
	StepProof     Step = "proof"     // picture comparison
	StepText      Step = "text"      // letters with boxes
	StepIndex     Step = "index"     // into the search index: searchable from here on
	StepRendition Step = "rendition" // thumbnails, reading copy, accessibility report
	StepRecognise Step = "recognise" // OCR, after publishing
	StepCompare   Step = "compare"   // difference to the version before
)

// Result is what the pipeline found and made.
type Result struct {
	Refused       string   // message key (German text in web/locales), empty when accepted
	Details       []string // pairs name, value for the message's placeholders
	Prepared      council.Prepared
	PageSizes     []council.PageSize
	Text          []council.PageText
	Letters       int
	OCRPages      int // pages that are pictures without text
	Identical     int // pages that look exactly as before, by the proof
	Marked        int // pages on which the proof saw the mark: all of them, or it is refused
	Outline       []council.OutlineEntry
	Links         []council.PageLink
	Language      string   // BCP 47: declared by the document, else recognised from the text; empty = not known
	Findings      []string // what the clerk should know before publishing: message keys with placeholders, see council.FileVersion
	Accessibility council.AccessibilityReport
	Notes         []string // what was taken out or mended: "repaired", "javascript", "signatures", "attachments"
	Seconds       float64
	PeakBytes     int64 // resident memory of the child at its highest
}

// Mark is what a personal copy says on each page. Equal marks give equal bytes.
type Mark struct {
	Name      string // person
	Account   string
	Date      string // the day on which this person was first given this version, "21.11.2026"
	NonPublic bool
	Template  string // Body's template with {name} {account} {date} {body}; empty = "{name}\n{account} · {date}"
	Body      string
	Code      string   // visible copy code, "7K3M-Q9XA"; empty = none is printed
	Seed      [32]byte // of this copy alone: the second /ID string and the pages' shifts are derived from it; zero = left as in the base
}

// The message keys of refusals; the German texts say what is wrong and what to do.
const (
	RefusedNotPDF    = "file.refused.not_pdf"
	RefusedEmpty     = "file.refused.empty"
	RefusedTruncated = "file.refused.truncated"
	RefusedPassword  = "file.refused.password"
	RefusedTooLarge  = "file.refused.too_large"      // {limit}
	RefusedTooMany   = "file.refused.too_many_pages" // {limit} {pages}
	RefusedBomb      = "file.refused.bomb"
	RefusedTimeout   = "file.refused.timeout"
	RefusedUnmarked  = "file.refused.unmarked" // {page}: the proof found a page without a visible mark; as pictures it can go out
	RefusedBroken    = "file.refused.broken"
	RefusedStructure = "file.refused.structure" // it can be drawn, but not rewritten: as pictures it can go out
)
