package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostWords is how many words of one version are compared one by one; an 800-page budget has about 250,000. Variables for the tests.
var (
	mostWords = 800_000
	lineLimit = 800_000
)

// word is one unit of the comparison: a word, a mark of punctuation, an amount; for huge documents a line or a page.
type word struct {
	id       int32 // equal for equal words of both sides
	page     int32 // index
	from, to int32 // bytes of the page's text
	para     int32
	tail     int32 // of a word that a page end has torn: 1 + index into side.tails
	glue     bool  // no blank before it
	number   bool  // begins with a digit: an amount, a date, a count
	weak     bool  // a small word or punctuation
}

// span is words [from, to).
type span struct{ from, to int32 }

// side is one version as the comparison sees it.
type side struct {
	doc   *Document
	words []word
	paras []span // words of each paragraph
	tails []segment
}

type vocabulary struct {
	ids  map[string]int32
	weak []bool // by id
}

func (v *vocabulary) id(s string) int32 {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	if id, ok := v.ids[s]; ok {
		return id
	}
	id := int32(len(v.ids))
	v.ids[s] = id
	v.weak = append(v.weak, isWeak(s))
	return id
}

// cut makes the words of a document: by words, lines or pages.
func (v *vocabulary) cut(d *Document, by Note) *side {
	s := &side{doc: d}
	if by == ByPages {
		for n := range d.pages {
			p := &d.pages[n]
			if strings.TrimSpace(p.text) == "" {
				continue
			}
			at := int32(len(s.words))
			s.paras = append(s.paras, span{at, at + 1})
			s.words = append(s.words, word{id: v.id(strings.Join(strings.Fields(p.text), " ")), page: int32(n), to: int32(len(p.text)), para: at})
		}
		return s
	}
	if by == ByLines {
		for n := range d.pages {
			s.lines(v, int32(n))
		}
		return s
	}
	for _, para := range d.paragraphs() {
		begin := int32(len(s.words))
		for i, seg := range para {
			s.segment(v, seg, i > 0)
		}
		if end := int32(len(s.words)); end > begin {
			for i := begin; i < end; i++ {
				s.words[i].para = int32(len(s.paras))
			}
			s.paras = append(s.paras, span{begin, end})
		}
	}
	return s
}

// lines makes a word and a paragraph of each line of a page.
func (s *side) lines(v *vocabulary, n int32) {
	p := &s.doc.pages[n]
	for _, l := range p.lines {
		fields := strings.Fields(p.lineText(l))
		if l.furniture || len(fields) == 0 {
			continue
		}
		at := int32(len(s.words))
		s.paras = append(s.paras, span{at, at + 1})
		s.words = append(s.words, word{id: v.id(strings.Join(fields, " ")), page: n, from: l.from, to: l.to, para: at})
	}
}

// segment cuts a stretch of text into words. torn: a page end lies before it, which may have torn the last word.
func (s *side) segment(v *vocabulary, seg segment, torn bool) {
	text := s.doc.pages[seg.page].text[:seg.to]
	at := int(seg.from)
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += n
			torn = torn && at == int(seg.from)
			continue
		}
		end := at
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if unicode.IsSpace(r) {
				break
			}
			end += n
		}
		if torn && s.joinTorn(v, seg, at, end) {
			at, torn = end, false
			continue
		}
		torn = false
		s.chunk(v, seg.page, text, at, end)
		at = end
	}
}

// joinTorn puts the rest of a word that ended with a hyphen on the page before to its beginning.
func (s *side) joinTorn(v *vocabulary, seg segment, from, to int) bool {
	if len(s.words) == 0 {
		return false
	}
	hyphen := &s.words[len(s.words)-1]
	text := s.doc.pages[seg.page].text
	before := s.doc.pages[hyphen.page].text
	head := strings.TrimSuffix(before[hyphen.from:hyphen.to], "-")
	rest := text[from:to]
	core := strings.TrimRightFunc(rest, unicode.IsPunct)
	if hyphen.page == seg.page || len(head) == int(hyphen.to-hyphen.from) || head == "" || !startsLower(core) || core == "" ||
		core == "und" || core == "oder" || core == "bzw" || core == "sowie" {
		return false
	}
	s.tails = append(s.tails, segment{seg.page, int32(from), int32(from + len(core))})
	hyphen.to--
	hyphen.tail = int32(len(s.tails))
	hyphen.id = v.id(head + core)
	if len(core) < len(rest) {
		first := len(s.words)
		s.chunk(v, seg.page, text, from+len(core), to)
		s.words[first].glue = true
	}
	return true
}

const (
	opening = "„“”\"»«(['‚‘"
	closing = ".,;:!?)]\"“”»«…'’€%"
)

// chunk splits what stands between two blanks: brackets, quotation marks and stops are words of their own; "12.500,00" is one.
func (s *side) chunk(v *vocabulary, page int32, text string, from, to int) {
	glue := false
	put := func(a, b int) {
		w := text[a:b]
		id := v.id(w)
		s.words = append(s.words, word{id: id, page: page, from: int32(a), to: int32(b), glue: glue, number: isNumber(w), weak: v.weak[id]})
		glue = true
	}
	for from < to {
		r, n := utf8.DecodeRuneInString(text[from:to])
		if !strings.ContainsRune(opening, r) {
			break
		}
		put(from, from+n)
		from += n
	}
	end := to
	for end > from {
		r, n := utf8.DecodeLastRuneInString(text[from:end])
		if !strings.ContainsRune(closing, r) {
			break
		}
		end -= n
	}
	if end > from {
		put(from, end)
	}
	for end < to {
		_, n := utf8.DecodeRuneInString(text[end:to])
		put(end, end+n)
		end += n
	}
}

func isNumber(s string) bool {
	s = strings.TrimLeft(s, "+-−–")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// text is the words [from, to) as they stand, one blank where there are several or a line ends.
func (s *side) text(from, to int32, most int) string {
	var out strings.Builder
	for i := from; i < to && out.Len() < most; i++ {
		w := s.words[i]
		if i > from && !w.glue {
			out.WriteByte(' ')
		}
		out.WriteString(s.one(w))
	}
	return out.String()
}

func (s *side) one(w word) string {
	t := s.doc.pages[w.page].text[w.from:w.to]
	if strings.ContainsAny(t, "\n\t") {
		t = strings.Join(strings.Fields(t), " ")
	}
	if w.tail > 0 {
		e := s.tails[w.tail-1]
		t += s.doc.pages[e.page].text[e.from:e.to]
	}
	return t
}

func (s *side) page(w int32) int { return s.doc.pages[s.words[w].page].number }
