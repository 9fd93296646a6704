package pipeline

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ris/app/council"
	"ris/documents/pagetext"
	"ris/documents/pdf"
)

// What the clerk should know before publishing; {pages} lists the pages.
const (
	findingCovered  = "file.finding.covered"
	findingUnseen   = "file.finding.unseen"
	findingUnmapped = "file.finding.unmapped"
)

const (
	// leastCovered letters under a bar make a finding: fewer are a stroke through a letter. leastUnseen is higher: forms and
	// templates leave single invisible letters behind, and nothing is lost by them.
	leastCovered = 3
	leastUnseen  = 10
)

// outlinePiece takes what the child sends behind the text.
func (w *work) outlinePiece(b []byte) error {
	pages := len(w.result.PageSizes)
	if !w.prepared {
		return errPiece
	}
	switch b[0] {
	case pieceTextDone:
		w.textDone = true
	case pieceLinks:
		var links []council.PageLink
		if json.Unmarshal(b[1:], &links) != nil || len(w.result.Links)+len(links) > mostLinks {
			return errPiece
		}
		for _, l := range links {
			if l.Page >= 1 && l.Page <= pages && l.Target >= 0 && l.Target <= pages {
				w.result.Links = append(w.result.Links, l)
			}
		}
	case pieceOutline:
		var o council.DocumentOutline
		if json.Unmarshal(b[1:], &o) != nil {
			return errPiece
		}
		for i := range o.Entries {
			if o.Entries[i].Page > pages || o.Entries[i].Page < 0 {
				o.Entries[i].Page = 0
			}
		}
		w.result.Outline, w.result.Language = o.Entries, o.Language
	case pieceHidden:
		var h pdf.HiddenText
		if json.Unmarshal(b[1:], &h) != nil {
			return errPiece
		}
		w.hide(h)
	default:
		return errPiece
	}
	return nil
}

// hide notes the hidden letters of a page whose text has come.
func (w *work) hide(h pdf.HiddenText) {
	at := slices.IndexFunc(w.result.Text, func(p council.PageText) bool { return p.Page == h.Page })
	if at < 0 {
		return
	}
	p := &w.result.Text[at]
	inside := func(all []council.LetterRange) (n int) {
		for _, r := range all {
			if r.Start >= 0 && r.Start < r.End && r.End <= len(p.Boxes) {
				p.Hidden = append(p.Hidden, r)
				n += r.End - r.Start
			}
		}
		return n
	}
	if inside(h.Covered) >= leastCovered {
		w.covered = append(w.covered, h.Page)
	}
	if inside(h.Unseen) >= leastUnseen {
		w.unseen = append(w.unseen, h.Page)
	}
	slices.SortFunc(p.Hidden, func(a, b council.LetterRange) int { return a.Start - b.Start })
}

// finishText looks at the text as a whole: what frames the pages, the language where none is declared, what the clerk should know.
func (w *work) finishText() {
	sizes := w.result.PageSizes
	pagetext.MarkFurniture(w.result.Text, func(page int) int {
		if page < 1 || page > len(sizes) {
			return 0
		}
		return sizes[page-1].Rotate
	})
	if w.result.Language == "" {
		w.result.Language = pagetext.Language(w.result.Text)
	}
	var unmapped []int
	for _, p := range w.result.Text {
		if p.Unmapped >= 20 && p.Unmapped*5 > len(p.Boxes) {
			unmapped = append(unmapped, p.Page)
		}
	}
	for _, f := range []struct {
		key   string
		pages []int
	}{{findingCovered, w.covered}, {findingUnseen, w.unseen}, {findingUnmapped, unmapped}} {
		if len(f.pages) > 0 {
			w.result.Findings = append(w.result.Findings, f.key+"?"+url.Values{"pages": {listed(f.pages)}}.Encode())
		}
	}
}

// listed writes pages for people: "3", "3, 5–7", at most eight runs.
func listed(pages []int) string {
	slices.Sort(pages)
	var out []string
	for i := 0; i < len(pages); i++ {
		if len(out) == 8 {
			out = append(out, "…")
			break
		}
		first := pages[i]
		for i+1 < len(pages) && pages[i+1] <= pages[i]+1 {
			i++
		}
		if pages[i] == first {
			out = append(out, strconv.Itoa(first))
		} else {
			out = append(out, fmt.Sprintf("%d–%d", first, pages[i]))
		}
	}
	return strings.Join(out, ", ")
}
