package copies

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ris/app/council"
	"ris/documents"
)

// NonPublicLine is printed, as a line of its own, on each page of a non-public paper. It is part of the document, not of
// the user interface, and therefore German in every language setting.
const NonPublicLine = "NICHT ÖFFENTLICH"

// DefaultTemplate is used when the Body has none. The code is left out of a copy that has none; on a line of its own it is tall enough to
// be read from a photo of the page (documents/trace).
const DefaultTemplate = "{name}\n{account} · {date}\n{code}"

// Placeholders are what a template may hold in braces.
var Placeholders = []string{"name", "account", "date", "body", "code"}

// Message keys of marks that cannot be printed.
const (
	ErrTooLong = "mark.too_long" // text does not fit into the slot
	ErrEmpty   = "mark.empty"    // neither name nor account is known
)

const (
	maxLines   = 6
	maxLetters = 400 // all lines together; more cannot be read across a page
	// aroundDrawing is what a slot holds besides its deflated drawing.
	aroundDrawing = 256
	maxLine       = 180 // letters of one line: on A4 they are then 8 points high
)

// Lines returns the text of the mark as printed, top line first. A name with a letter that the font lacks is replaced by the
// account name, and any other such letter by its number (U+0E01): never a blank. Line breaks come from the template alone.
// A template that names neither person nor account gets the account added: a mark always says whose copy it is.
func Lines(m documents.Mark) ([]string, error) {
	name, account := oneLine(m.Name), oneLine(m.Account)
	if !drawable(name) && account != "" {
		name = account
	}
	if name == "" {
		name = account
	}
	if name == "" {
		return nil, council.E(council.Invalid, ErrEmpty)
	}
	template := m.Template
	if strings.TrimSpace(template) == "" {
		template = DefaultTemplate
	}
	if !strings.Contains(template, "{name}") && !strings.Contains(template, "{account}") {
		template += "\n{name} {account}"
	}
	if account == name {
		template = strings.ReplaceAll(template, "{name}\n{account}", "{account}") // not the same line twice
	}
	values := strings.NewReplacer("{name}", name, "{account}", account, "{date}", oneLine(m.Date), "{body}", oneLine(m.Body), "{code}", oneLine(m.Code))
	var lines []string
	if m.NonPublic {
		lines = append(lines, NonPublicLine)
	}
	letters := 0
	for l := range strings.SplitSeq(strings.ReplaceAll(template, "\r", ""), "\n") {
		l = spell(strings.Trim(oneLine(values.Replace(l)), " ·|-,"))
		if l == "" {
			continue
		}
		n := utf8.RuneCountInString(l)
		if letters += n; n > maxLine {
			return nil, council.E(council.Invalid, ErrTooLong)
		}
		lines = append(lines, l)
	}
	if len(lines) > maxLines || letters > maxLetters {
		return nil, council.E(council.Invalid, ErrTooLong)
	}
	return lines, nil
}

// Check says whether the mark can be printed on every paper: nil, or council.Invalid with key mark.too_long or mark.empty, as Open
// would give it. For settings and before publishing, where no base is at hand.
func Check(m documents.Mark) error {
	d, err := drawings.of(m)
	if err != nil {
		return err
	}
	if len(d.form)+aroundDrawing > SlotBytes {
		return council.E(council.Invalid, ErrTooLong)
	}
	return nil
}

// oneLine composes accents (macOS sends them apart), and takes out what prints nothing or would steer the printing.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return legible(strings.Join(strings.Fields(s), " "))
}

func drawable(s string) bool {
	_, ok := set([]rune(s))
	return ok && s != ""
}

// spell writes letters without a glyph as their number.
func spell(s string) string {
	if s == "" || drawable(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if pick(r).known {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}
