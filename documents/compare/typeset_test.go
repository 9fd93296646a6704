package compare_test

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ris/app/council"
)

// sheet sets paragraphs on pages the way a word processor does: lines of a width in letters, pages of a number of lines, a running
// head, page numbers.
type sheet struct {
	width, lines int
	head         string // "" = none
	torn         bool   // words are torn at line ends
}

var a4 = sheet{width: 80, lines: 40, head: "Stadt Auenrode · Vorlage V/2026/0123"}

func (s sheet) set(paragraphs ...string) (out []council.PageText) {
	var page *council.PageText
	row := 0
	put := func(text string, x, y float32) {
		if page.Text != "" && !strings.HasSuffix(page.Text, "\u0002") {
			page.Text += "\n"
			page.Boxes = append(page.Boxes, council.Box{})
		}
		for _, r := range text {
			b := council.Box{X0: x, Y0: y, X1: x + 5, Y1: y + 10}
			if r == ' ' {
				b = council.Box{}
			}
			page.Boxes = append(page.Boxes, b)
			x += 5.5
		}
		page.Text += text
	}
	foot := func() {
		if page != nil && s.head != "" {
			put(fmt.Sprintf("Seite %d", len(out)), 260, 30)
		}
	}
	line := func(text string, gap int) {
		if page == nil || row+gap >= s.lines {
			foot()
			out = append(out, council.PageText{Page: len(out) + 1})
			page, row, gap = &out[len(out)-1], 0, 0
			if s.head != "" {
				put(s.head, 70, 800)
			}
		}
		row += gap
		put(text, 70, 770-12*float32(row))
		row++
	}
	for _, para := range paragraphs {
		gap := 1
		for _, text := range s.wrap(para) {
			line(text, gap)
			gap = 0
		}
	}
	foot()
	return out
}

func (s sheet) wrap(para string) (out []string) {
	cur := ""
	for _, w := range strings.Fields(para) {
		for cur != "" && utf8.RuneCountInString(cur)+1+utf8.RuneCountInString(w) > s.width {
			room := s.width - utf8.RuneCountInString(cur) - 2
			if r := []rune(w); s.torn && len(r) > 7 && room > 3 && room < len(r)-3 && lower(r) {
				out = append(out, cur+" "+string(r[:room])+"\u0002")
				cur, w = string(r[room:]), ""
				break
			}
			out, cur = append(out, cur), ""
		}
		if w == "" {
			continue
		}
		if cur != "" {
			cur += " "
		}
		cur += w
	}
	if cur != "" {
		out = append(out, cur)
	}
	return out
}

func lower(r []rune) bool {
	for _, x := range r {
		if !(x >= 'a' && x <= 'z' || x >= 'ß') {
			return false
		}
	}
	return true
}
