//go:build !race

package oracle_test

import (
	"net/url"
	"slices"
	"strings"

	"ris/app/council"
)

// search: every hit may be read, the total counts what paging gives, and a word of somebody else's paper answers like a word
// that nobody has ever written.
func (h *house) search(who string) {
	ask := func(q, more string) (out struct {
		Data []struct {
			PaperID council.ID `json:"paperId"`
		}
		Next  string
		Total int
	}) {
		h.decode(h.send(who, "GET", "/api/v1/search?q="+url.QueryEscape(q)+more, nil), &out)
		for _, hit := range out.Data {
			if key := h.key(hit.PaperID); !h.rules.paper(who, key) {
				h.Errorf("%s finds %s by %q", name(who), key, q)
			}
		}
		return out
	}
	for word, paper := range canaries {
		exact := ask(word, "")
		finds := slices.ContainsFunc(exact.Data, func(x struct {
			PaperID council.ID `json:"paperId"`
		}) bool {
			return h.key(x.PaperID) == paper
		})
		if reads := h.rules.paper(who, paper); finds != reads {
			h.Errorf("%s: search for %q finds its paper: %v, may read it: %v", name(who), word, finds, reads)
		}
		if exact.Total != len(exact.Data) {
			h.Errorf("%s: search for %q counts %d, gives %d", name(who), word, exact.Total, len(exact.Data))
		}
		r := []rune(word)
		ask(string(r[:5]), "")
		ask(`"`+word+`"`, "&limit=1&offset=1")
		ask(string(r[:3])+string(r[4])+string(r[3])+string(r[5:]), "") // a slip of the finger
	}
	seen, total := 0, -1
	for offset := ""; ; {
		page := ask("Stadt Gemeinde", "&limit=25"+offset)
		seen += len(page.Data)
		if total >= 0 && page.Total != total {
			h.Errorf("%s: the total changes from %d to %d while paging", name(who), total, page.Total)
		}
		total = page.Total
		_, rest, more := strings.Cut(page.Next, "&offset=")
		if page.Next == "" || !more {
			break
		}
		rest, _, _ = strings.Cut(rest, "&")
		offset = "&offset=" + rest
	}
	if seen != total {
		h.Errorf("%s: paging gives %d hits, the total is %d", name(who), seen, total)
	}
}
