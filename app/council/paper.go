package council

import "time"

// Paper is a Vorlage or Drucksache (OParl Paper).
type Paper struct {
	Stamp
	Body        ID
	Name        string
	Reference   string // "V/2026/0123"
	PaperType   string // "Beschlussvorlage", "Antrag", "Anfrage", "Mitteilung"
	Date        time.Time
	State       State
	PublishedAt time.Time
	Audience    Audience
}

// Consultation is one stop of a Beratungsfolge: where a paper is or was discussed. Meeting and AgendaItem may be empty
// (not yet on an agenda).
type Consultation struct {
	Stamp
	Body          ID
	Paper         ID
	Organization  ID
	Meeting       ID
	AgendaItem    ID
	Role          string // "Vorberatung", "Entscheidung", "Kenntnisnahme"
	Authoritative bool   // OParl: this consultation decides
}

// FileRole says what a file is to its paper.
type FileRole string

const (
	MainFile      FileRole = "main"      // Hauptdokument
	AuxiliaryFile FileRole = "auxiliary" // Anlage
)

// File is a document of a paper that lives through its versions (OParl File).
type File struct {
	Stamp
	Body     ID
	Paper    ID
	Role     FileRole
	Order    int
	Name     string // shown to people, without extension
	FileName string // cleaned: no path parts, at most 120 characters, ends in .pdf
	State    State
	Current  ID // the published FileVersion, empty while draft
	// Mode is the clerk's choice for this file; empty = by the paper's type, see PreparationMode.
	Mode     PreparationMode
	Audience Audience
}

// FileVersion is a Fassung: one upload. It never changes its bytes; a replaced one stays readable for those who could read it.
type FileVersion struct {
	Stamp
	Body        ID
	File        ID
	Paper       ID
	Number      int    // 1, 2, 3 ...
	SHA256      string // hex, of the original as uploaded
	MediaType   string // of the original, "application/pdf" or what was converted; empty = PDF
	Converted   string // blob key (area Converted) of the PDF made of an original that is none; empty = the original is the PDF
	Size        int64  // bytes of the original
	UploadedBy  ID
	Reason      string // why a new version, or empty
	State       State
	PublishedAt time.Time
	Audience    Audience

	Processing ProcessingState
	Problem    string // message key when refused: says what is wrong and what to do
	// Prepared names the shared base of all personal copies; see documents/copies for the meaning of the slot.
	Prepared  Prepared
	PageSizes []PageSize
	// Letters counts the letters of the text layer; OCRPages counts pages that are pictures without text.
	Letters  int
	OCRPages int
	OCR      OCRState
	Language string // of the text, BCP 47 ("de"); empty = not known
	// Findings are what the clerk should know before publishing, as Problem is written: message key and placeholders.
	Findings []string
	Indexed  bool
}

// ProcessingState says how far the worker has come with a file version.
type ProcessingState string

const (
	Received   ProcessingState = "received"   // bytes are safe, nothing looked at yet
	Checking   ProcessingState = "checking"   // a worker is at it
	Readable   ProcessingState = "readable"   // prepared; personal copies can be made
	Searchable ProcessingState = "searchable" // and indexed
	Refused    ProcessingState = "refused"    // Problem says why and what to do
)

// Ready reports whether personal copies can be served.
func (s ProcessingState) Ready() bool { return s == Readable || s == Searchable }

// Prepared describes the stored base of a version. Offsets and lengths are bytes.
type Prepared struct {
	Blob       string // hex SHA-256, the blob's key
	Size       int64
	SlotOffset int64
	SlotLength int64
	SlotObject int    // PDF object number of the slot
	Public     string // blob key of the public rendition (slot empty), or empty
	PublicSize int64
	Repaired   bool // pdfium had to mend the file first
	Parts      Parts
}

// Parts are the places of a base besides the mark's slot, and what is known of the bytes between them. All slots of a base in the
// order of their offsets cut it into len+1 pieces: the slots never touch each other.
type Parts struct {
	Mode   PreparationMode `json:"mode,omitempty"`   // how it was prepared; empty = Standard
	ID     int64           `json:"id,omitempty"`     // offset of the 32 hex digits of the second /ID string; 0 = none
	Shifts []int64         `json:"shifts,omitempty"` // offsets of the pages' shifts (ShiftBytes each), in the order of pages; empty = none
	CRC    []uint32        `json:"crc,omitempty"`    // CRC-32 (IEEE 802.3) of each piece between the slots; empty = not known
}

// ShiftBytes is the length of one page's shift in a base: two numbers of the form "+0.0123 -0.0321", points.
const ShiftBytes = 15

// PreparationMode says how strongly the personal mark is bound to a paper.
type PreparationMode string

const (
	// Standard: one mark object, called last on each page.
	Standard PreparationMode = "standard"
	// Interleaved: the call stands inside each page's own content, and each page is shifted invisibly by a pattern of the person.
	Interleaved PreparationMode = "interleaved"
	// Raster: pages are pictures with the mark burnt in; no text, not accessible ("streng vertraulich").
	Raster PreparationMode = "raster"
)

// Known reports whether m is one of the three, or empty (not chosen).
func (m PreparationMode) Known() bool {
	return m == "" || m == Standard || m == Interleaved || m == Raster
}

// OCRState says how far text recognition of a version's pictures is; empty = not needed.
type OCRState string

const (
	OCRNeeded  OCRState = "needed"
	OCRRunning OCRState = "running"
	OCRDone    OCRState = "done"
	OCRFailed  OCRState = "failed" // the words are missing, the file is readable
)

// PageSize is the visible size of a page in PDF points (1/72 inch) after Rotate, in degrees clockwise.
type PageSize struct {
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Rotate int     `json:"r"`
}

// PageText is the text of one page with one box per letter, in PDF user space (points, origin bottom left, unrotated).
type PageText struct {
	Page  int    // from 1
	Text  string // UTF-8; line ends are \n; a hyphen at a line end is U+0002 and joins two halves of a word
	Boxes []Box  // one per rune of Text
	// Furniture are the letters of headers, footers and page numbers, in order.
	Furniture []Furniture
	// Hidden are letters that nobody sees: under a drawn bar, in the colour of the ground, off the page. They are neither indexed nor quoted.
	Hidden []LetterRange
	// OCR says whether the text was read off a picture (OCRDone), is still to be (OCRNeeded), or could not be (OCRFailed); empty = the page's own text.
	OCR        OCRState
	Confidence int // percent, mean of the recognised words; 0 = not recognised
	Unmapped   int // letters without a Unicode value: seen, but not known
}

// LetterRange is a half-open range of letters (rune indexes into PageText.Text) [Start, End).
type LetterRange struct{ Start, End int }

// Furniture is what frames a page.
type Furniture struct {
	LetterRange
	Kind FurnitureKind
}

// FurnitureKind tells how a frame's letters count in the index.
type FurnitureKind uint8

// The kinds of furniture.
const (
	RunningFirst FurnitureKind = 1 // a header or footer on the first page that has it: indexed
	RunningAgain FurnitureKind = 2 // the same on a later page: not indexed
	PageNumber   FurnitureKind = 3 // never indexed
)

// Box is a rectangle in PDF points; X0 <= X1, Y0 <= Y1.
type Box struct{ X0, Y0, X1, Y1 float32 }

// ByteRange is a half-open range of bytes [Start, End).
type ByteRange struct{ Start, End int64 }
