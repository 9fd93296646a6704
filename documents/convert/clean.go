package convert

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"ris/documents"
)

// cut copies XML and leaves elements out: with all that is in them (drop), or only their own tags (unwrap). Names are as written in
// the file, prefix and all. Everything else is copied byte by byte. hear is told of each start tag.
func cut(b []byte, drop, unwrap map[string]bool, hear func(name string, attributes []xml.Attr)) ([]byte, error) {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return nil, &refusal{key: RefusedOffice, cause: errors.New("UTF-16: the offsets below would be wrong")}
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var out bytes.Buffer
	out.Grow(len(b))
	dropping := 0
	var at int64
	for depth := 0; ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, &refusal{key: RefusedOffice, cause: err}
		}
		end := d.InputOffset()
		raw := b[at:end]
		at = end
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > 10_000 {
				return nil, &refusal{key: documents.RefusedBomb, cause: errors.New("XML is nested too deep")}
			}
			name := written(t.Name)
			if dropping > 0 {
				dropping++
				continue
			}
			if hear != nil {
				hear(name, t.Attr)
			}
			if drop[name] {
				dropping = 1
				continue
			}
			if unwrap[name] {
				continue
			}
		case xml.EndElement:
			depth--
			if dropping > 0 {
				dropping--
				continue
			}
			if unwrap[written(t.Name)] {
				continue
			}
		case xml.Directive:
			continue // a document type has no place in these files, and entities are how they blow up
		default:
			if dropping > 0 {
				continue
			}
		}
		out.Write(raw)
	}
}

func written(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// The marks of tracked changes in WordprocessingML (ECMA-376 part 1, section 17.13.5).
var (
	wordGone = set("w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblGridChange", "w:trPrChange", "w:tcPrChange",
		"w:numberingChange", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd", "w:cellDel", "w:cellIns",
		"w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
	wordKept = set("w:ins", "w:moveTo")
)

// word makes tracked changes their final text: what was deleted must not be read in the PDF.
func (c *cleaner) word(b []byte) ([]byte, error) {
	return cut(b, wordGone, wordKept, func(name string, _ []xml.Attr) {
		switch name {
		case "w:ins", "w:del", "w:moveFrom", "w:moveTo":
			c.note("changes")
		case "w:commentReference":
			c.note("comments")
		}
	})
}

// workbook notes hidden sheets; LibreOffice leaves them out.
func (c *cleaner) workbook(b []byte) ([]byte, error) {
	return cut(b, nil, nil, func(name string, attributes []xml.Attr) {
		if local(name) != "sheet" {
			return
		}
		for _, a := range attributes {
			if a.Name.Local == "state" && strings.Contains(strings.ToLower(a.Value), "hidden") {
				c.note("hidden_sheets")
			}
		}
	})
}

func local(name string) string {
	if _, after, ok := strings.Cut(name, ":"); ok {
		return after
	}
	return name
}

var (
	sheetStart = regexp.MustCompile(`<((?:\w+:)?)worksheet\b[^>]*>`)
	sheetPr    = regexp.MustCompile(`<(?:\w+:)?sheetPr\b[^>]*?(/?)>`)
	fitToPage  = regexp.MustCompile(`<(?:\w+:)?pageSetUpPr\b[^>]*\bfitToPage="(?:1|true)"`)
	pageSetup  = regexp.MustCompile(`<((?:\w+:)?)pageSetup\b[^>]*>`)
	fitNumbers = regexp.MustCompile(`\s(?:scale|fitToWidth|fitToHeight)="[^"]*"`)
	sheetEnd   = regexp.MustCompile(`</(?:\w+:)?worksheet>`)
	afterSetup = regexp.MustCompile(`<(?:\w+:)?(?:headerFooter|rowBreaks|colBreaks|drawing|legacyDrawing|tableParts|extLst)\b`)
)

// sheet notes hidden rows and columns, and sets a table as wide as the page (as many pages long as it needs) unless its author has
// chosen how it is printed: a table cut down the middle cannot be read.
func (c *cleaner) sheet(b []byte) ([]byte, error) {
	b, err := cut(b, nil, nil, func(name string, attributes []xml.Attr) {
		if n := local(name); n != "row" && n != "col" {
			return
		}
		for _, a := range attributes {
			if a.Name.Local == "hidden" && (a.Value == "1" || a.Value == "true") {
				c.note("hidden_rows")
			}
		}
	})
	if err != nil || fitToPage.Match(b) {
		return b, err
	}
	start := sheetStart.FindSubmatchIndex(b)
	if start == nil || bytes.HasSuffix(b[start[0]:start[1]], []byte("/>")) {
		return b, nil
	}
	p := string(b[start[2]:start[3]])
	fit := "<" + p + `pageSetUpPr fitToPage="1"/>`
	if at := sheetPr.FindSubmatchIndex(b); at != nil {
		if at[2] < at[3] { // <sheetPr .../>
			b = splice(b, at[1]-2, at[1], ">"+fit+"</"+p+"sheetPr>")
		} else if end := bytes.Index(b[at[1]:], []byte("</"+p+"sheetPr>")); end >= 0 { // the last of its children (ECMA-376, CT_SheetPr)
			b = splice(b, at[1]+end, at[1]+end, fit)
		}
	} else {
		b = splice(b, start[1], start[1], "<"+p+"sheetPr>"+fit+"</"+p+"sheetPr>")
	}
	numbers := ` fitToWidth="1" fitToHeight="0"`
	if at := pageSetup.FindIndex(b); at != nil {
		tag := fitNumbers.ReplaceAll(b[at[0]:at[1]], nil)
		close := ">"
		if bytes.HasSuffix(tag, []byte("/>")) {
			close = "/>"
		}
		return splice(b, at[0], at[1], strings.TrimSuffix(string(tag), close)+numbers+close), nil
	}
	ends := sheetEnd.FindAllIndex(b, -1)
	if len(ends) == 0 {
		return b, nil
	}
	at := ends[len(ends)-1][0]
	if data := bytes.LastIndex(b, []byte("</"+p+"sheetData>")); data >= 0 {
		if next := afterSetup.FindIndex(b[data:]); next != nil {
			at = data + next[0]
		}
	}
	return splice(b, at, at, "<"+p+`pageSetup paperSize="9" orientation="landscape"`+numbers+"/>"), nil
}

func splice(b []byte, from, to int, with string) []byte {
	out := make([]byte, 0, len(b)+len(with))
	return append(append(append(out, b[:from]...), with...), b[to:]...)
}

// relations drops links to outside but those that a reader clicks.
func (c *cleaner) relations(b []byte) ([]byte, error) {
	outside := regexp.MustCompile(`<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*["']External["'][^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)`)
	return outside.ReplaceAllFunc(b, func(m []byte) []byte {
		if bytes.Contains(m, []byte("/relationships/hyperlink")) {
			return m
		}
		c.note("links")
		return nil
	}), nil
}

// manifest of an OpenDocument file: what is encrypted cannot be read.
func (c *cleaner) manifest(b []byte) ([]byte, error) {
	if bytes.Contains(b, []byte("encryption-data")) {
		return nil, &refusal{key: documents.RefusedPassword, cause: errors.New("encrypted")}
	}
	return b, nil
}

var pageLayout = regexp.MustCompile(`<style:page-layout-properties\b[^>]*>`)

// openDocument is the same for ODF (part 3): the final text, no comments, notes of what is hidden, tables as wide as the page.
func (c *cleaner) openDocument(b []byte) ([]byte, error) {
	b, err := cut(b, set("text:tracked-changes", "table:tracked-changes", "text:change", "text:change-start", "text:change-end", "office:annotation", "office:annotation-end",
		"office:scripts", "script:event-listener"), nil, func(name string, attributes []xml.Attr) {
		switch name {
		case "text:changed-region", "text:tracked-changes":
			c.note("changes")
		case "office:annotation":
			c.note("comments")
		}
		for _, a := range attributes {
			switch n := written(a.Name); {
			case n == "table:visibility" && a.Value != "visible":
				c.note("hidden_rows")
			case n == "table:display" && a.Value == "false":
				c.note("hidden_sheets")
			case n == "xlink:href" && name != "text:a" && name != "draw:a" && outsideLink(a.Value):
				c.note("links")
			}
		}
	})
	if err != nil || c.kind != Ods {
		return b, err
	}
	return pageLayout.ReplaceAllFunc(b, func(m []byte) []byte {
		if bytes.Contains(m, []byte("style:scale-to")) {
			return m
		}
		return bytes.Replace(m, []byte("<style:page-layout-properties"), []byte(`<style:page-layout-properties style:scale-to-X="1" style:scale-to-Y="0"`), 1)
	}), nil
}

// outsideLink: a scheme, or a way out of the package.
func outsideLink(href string) bool {
	return strings.Contains(href, "://") || strings.HasPrefix(href, "file:") || strings.HasPrefix(href, "../") || strings.HasPrefix(href, "//")
}
