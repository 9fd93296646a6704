package provisioning

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ris/app/council"
)

// Limits of a file. A district council with forty committees has some 2,000 lines.
const (
	MostBytes = 6 << 20
	mostLines = 20_000
	mostCell  = 500 // letters
)

// Note is what is to be said of a line: an error keeps the whole file out, a hint does not. Key and Args are of the catalogue.
type Note struct {
	Line   int // as a text editor counts; 0 = of the whole file
	Column Column
	Key    string
	Args   []string
}

// row is a line with its cells; a column that the file does not have, or an empty cell, is missing.
type row struct {
	line  int
	cells map[Column]string
}

// has reports whether the cell says anything.
func (r row) has(c Column) bool { return r.cells[c] != "" }

// get is the cell; "-" empties a value, so it is "".
func (r row) get(c Column) string {
	if r.cells[c] == "-" {
		return ""
	}
	return r.cells[c]
}

// read takes the file apart. Errors of the whole file (not a table, unknown encoding) come as one error; errors of lines as notes.
func read(data []byte) (rows []row, problems, hints []Note, err error) {
	text, err := decode(data)
	if err != nil {
		return nil, nil, nil, err
	}
	first := 1
	if rest, ok := strings.CutPrefix(text, "sep="); ok { // written by Excel for itself
		_, text, _ = strings.Cut(rest, "\n")
		first = 2
	}
	comma, ok := delimiter(text)
	if !ok {
		return nil, nil, nil, council.E(council.Invalid, "import.error.no_columns")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	var columns []Column
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, nil, nil, council.E(council.Invalid, "import.error.quotes", "line", strconv.Itoa(wrong.StartLine+first-1))
		}
		if err != nil {
			return nil, nil, nil, err
		}
		line, _ := r.FieldPos(0)
		line += first - 1
		if columns == nil {
			if strings.Join(cells, "") == "" {
				continue
			}
			var p, h []Note
			columns, p, h = headings(cells, line)
			problems, hints = append(problems, p...), append(hints, h...)
			continue
		}
		one, notes := cut(cells, columns, line)
		problems = append(problems, notes...)
		if len(one.cells) == 0 {
			continue
		}
		if rows = append(rows, one); len(rows) > mostLines {
			return nil, nil, nil, council.E(council.TooLarge, "import.error.many_lines", "limit", strconv.Itoa(mostLines))
		}
	}
	if len(rows) == 0 && len(problems) == 0 {
		return nil, nil, nil, council.E(council.Invalid, "import.error.empty")
	}
	return rows, problems, hints, nil
}

func headings(cells []string, line int) (columns []Column, problems, hints []Note) {
	seen := map[Column]bool{}
	columns = make([]Column, len(cells))
	for i, h := range cells {
		h, _ = tidy(h)
		c, ok := column(h)
		switch {
		case h == "":
		case !ok:
			hints = append(hints, Note{Line: line, Key: "import.hint.column", Args: []string{"column", h}})
		case seen[c]:
			problems = append(problems, Note{Line: line, Column: c, Key: "import.error.column_twice", Args: []string{"column", h}})
		default:
			seen[c], columns[i] = true, c
		}
	}
	return columns, problems, hints
}

func cut(cells []string, columns []Column, line int) (row, []Note) {
	out := row{line: line, cells: map[Column]string{}}
	var notes []Note
	for i, cell := range cells {
		clean, ok := tidy(cell)
		if i >= len(columns) {
			if clean != "" {
				notes = append(notes, Note{Line: line, Key: "import.error.many_cells"})
				break
			}
			continue
		}
		c := columns[i]
		switch {
		case c == "" || ok && clean == "":
		case !ok:
			notes = append(notes, Note{Line: line, Column: c, Key: "import.error.letters", Args: []string{"column", string(c)}})
		case utf8.RuneCountInString(clean) > mostCell:
			notes = append(notes, Note{Line: line, Column: c, Key: "import.error.long", Args: []string{"column", string(c), "limit", strconv.Itoa(mostCell)}})
		default:
			out.cells[c] = unquoted(clean)
		}
	}
	return out, notes
}

// decode gives the text of the file: by its byte order mark, else UTF-8, else Windows-1252, which is what Excel writes on German
// machines when nobody chooses.
func decode(data []byte) (string, error) {
	switch {
	case len(data) > MostBytes:
		return "", council.E(council.TooLarge, "error.too_large", "limit", strconv.Itoa(MostBytes>>20)+" MB")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "", council.E(council.Invalid, "import.error.workbook")
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "", council.E(council.Invalid, "import.error.no_columns")
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return wide(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return wide(data[2:], binary.BigEndian)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return "", council.E(council.Invalid, "import.error.no_columns")
	}
	if !utf8.Valid(data) {
		var err error
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return "", council.E(council.Invalid, "import.error.encoding").Because(err)
		}
	}
	return lines(string(data)), nil
}

func wide(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", council.E(council.Invalid, "import.error.encoding")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return lines(string(utf16.Decode(units))), nil
}

// lines: an old Mac's Excel ends lines with a carriage return alone.
func lines(s string) string {
	if !strings.Contains(s, "\n") {
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	return s
}

// delimiter is the one under which the headings are best understood.
func delimiter(text string) (rune, bool) {
	head := ""
	for line := range strings.Lines(text) {
		if head = strings.TrimSpace(line); strings.Trim(head, ";,\t") != "" {
			break
		}
	}
	best, most := ';', 0
	for _, d := range []rune{';', '\t', ','} {
		known := 0
		for cell := range strings.SplitSeq(head, string(d)) {
			if _, ok := column(strings.Trim(cell, `" `)); ok {
				known++
			}
		}
		if known > most {
			best, most = d, known
		}
	}
	return best, most >= 2
}

// dateForms are tried in turn. A two-digit year is of this century: seats of the last one are not imported with two digits.
var dateForms = []string{"2006-01-02", "2.1.2006", "2.1.06", "2006-01-02T15:04:05Z07:00", "2.1.2006 15:04", "2.1.2006 15:04:05"}

// day reads a date as midnight UTC.
func day(s string) (time.Time, bool) {
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil {
			if form == "2.1.06" && t.Year() < 2000 {
				t = t.AddDate(100, 0, 0)
			}
			if t.Year() < 1900 || t.Year() > 2200 {
				return time.Time{}, false
			}
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}
