//go:build !race

package oracle_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"ris/app/council"
	"ris/auth/policy"
)

// link finds addresses on our own site in pages, feeds and JSON.
var link = regexp.MustCompile(`(?:href|src|action)="([^"]+)"|"(https?://[^"\s<]+)"|<id>(https?://[^<]+)</id>`)

// public asks everything that a stranger can: the doors of the others alike, every object by every public address, and all that is
// linked from anywhere.
func (h *house) public(ctx context.Context, docs []document) {
	h.closed(docs)
	visited := map[string]bool{}
	h.crawl(visited, "/", "/kalender", "/kalender.ics", "/vorlagen", "/vorlagen.atom", "/gremien", "/personen", "/suche", "/impressum",
		"/oparl/system", "/oparl/bodies", "/api/openapi.json", "/robots.txt", "/sitemap.xml")
	pages := map[string]int{}
	for p := range visited {
		first, _, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
		pages[first]++
	}
	if pages["oparl"] < 300 || pages["vorlagen"] < 25 || pages["dateien"] < 40 || pages["sitzungen"] < 12 {
		h.Errorf("the crawl met too little: %v", pages)
	}
	for _, m := range h.rules.town.Meetings {
		id := string(h.seeded.Meetings[m.Key])
		h.object(h.rules.meeting("", m), id, "/sitzungen/", "/oparl/meeting/")
		items, err := h.app.Store.AgendaItems(ctx, policy.System("oracle"), council.ID(id))
		h.must(err)
		for i, it := range items {
			h.object(h.rules.item("", m, m.Items[i]), string(it.ID), "/oparl/agenda-item/")
		}
	}
	for key, id := range h.seeded.Papers {
		if h.rules.withdrawn[key] {
			h.tombstone(string(id))
			continue
		}
		h.object(h.rules.paper("", key), string(id), "/vorlagen/", "/oparl/paper/")
		on, err := h.app.Store.Consultations(ctx, council.ConsultationFilter{Paper: id})
		h.must(err)
		for _, c := range on {
			if !h.rules.paper("", key) {
				h.object(false, string(c.ID), "/oparl/consultation/")
			}
		}
	}
	for _, d := range docs {
		if !h.rules.withdrawn[d.paper] {
			h.object(h.rules.paper("", d.paper), string(d.id), "/dateien/", "/oparl/file/")
		}
		for _, v := range d.versions {
			h.object(false, string(v), "/dateien/", "/oparl/file/")
		}
	}
	h.publicSearch()
}

// closed: without a session every address of the surface for signed-in people answers alike.
func (h *house) closed(docs []document) {
	never := string(council.NewID(h.app.Clock()))
	want := h.send("", "GET", "/api/v1/papers/"+never, nil)
	if want.status != 401 {
		h.Errorf("the public gets %d for /api/v1", want.status)
	}
	paths := []string{"/api/v1/meetings", "/api/v1/search?q=Seite", "/api/v1/nothing", "/api/v1/me"}
	for _, id := range h.seeded.Papers {
		paths = append(paths, "/api/v1/papers/"+string(id))
	}
	for _, d := range docs {
		paths = append(paths, "/api/v1/files/"+string(d.id), "/api/v1/files/"+string(d.id)+"/marks?q=Seite")
	}
	for _, p := range paths {
		if diff := h.send("", "GET", p, nil).same(want); diff != "" {
			h.Errorf("the public: %s differs from an id that never was: %s", p, diff)
		}
	}
}

// crawl follows every link on our site once; a session changes nothing of what the public pages say.
func (h *house) crawl(visited map[string]bool, queue ...string) {
	for len(queue) > 0 && len(visited) < 5000 {
		path := queue[0]
		queue = queue[1:]
		if visited[path] {
			continue
		}
		visited[path] = true
		a := h.send("", "GET", path, nil)
		if len(visited)%7 == 0 {
			req := h.send("p04", "GET", path, nil)
			if diff := a.same(req); diff != "" {
				h.Errorf("%s answers the clerk otherwise than the public", path)
			}
		}
		if bytes.HasPrefix(a.body, []byte("%PDF")) || strings.HasSuffix(path, ".css") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(string(a.body), -1) {
			to := strings.TrimPrefix(strings.ReplaceAll(m[1]+m[2]+m[3], "&amp;", "&"), h.url)
			to, _, _ = strings.Cut(to, "#")
			if strings.HasPrefix(to, "?") {
				base, _, _ := strings.Cut(path, "?")
				to = base + to
			}
			// Calendars have no end, languages and sign-ins say nothing new.
			if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.Contains(to, "lang=") && !strings.HasPrefix(to, "/auth/") &&
				!strings.HasPrefix(to, "/kalender?") && !strings.HasPrefix(to, "/app") && !strings.HasPrefix(to, "/suche?") && !visited[to] {
				queue = append(queue, to)
			}
		}
	}
}

// object: what is public answers; what is not answers like an id that never was, by each of the addresses and every method.
func (h *house) object(public bool, id string, prefixes ...string) {
	for _, p := range prefixes {
		paths := []string{p + id}
		switch p {
		case "/dateien/":
			paths = append(paths, p+id+"/herunterladen")
		case "/sitzungen/":
			paths = append(paths, p+id+"/termin.ics")
		}
		for _, path := range paths {
			if public {
				if a := h.send("", "GET", path, nil); a.status != 200 {
					h.Errorf("the public: %s answers %d", path, a.status)
				}
				continue
			}
			h.strange("GET", path, id)
			h.strange("HEAD", path, id)
			h.strange("GET", path, id, "Range", "bytes=0-9")
			h.strange("GET", path, id, "If-None-Match", "*")
			h.strange("GET", path, id, "Accept", "text/html")
		}
	}
}

// strange is gone for pages that may repeat the address that was asked.
func (h *house) strange(method, path, id string, header ...string) {
	h.Helper()
	never := string(council.NewID(h.app.Clock()))
	a := h.send("", method, path, nil, header...)
	key := method + strings.ReplaceAll(path, id, "") + strings.Join(header, "\n")
	b, known := h.never[key]
	if !known {
		b = h.send("", method, strings.ReplaceAll(path, id, never), nil, header...)
		b.body = bytes.ReplaceAll(b.body, []byte(never), []byte("ID"))
		h.never[key] = b
	}
	a.body = bytes.ReplaceAll(a.body, []byte(id), []byte("ID"))
	if a.status != 404 {
		h.Errorf("the public: %s %s answers %d", method, path, a.status)
	}
	if diff := a.same(b); diff != "" {
		h.Errorf("the public: %s %s differs from an id that never was: %s", method, path, diff)
	}
}

// tombstone: what was public and was taken back says that it was here, and nothing else of it.
func (h *house) tombstone(id string) {
	for _, path := range []string{"/vorlagen/" + id, "/oparl/paper/" + id} {
		a := h.send("", "GET", path, nil)
		all := strings.ToLower(fmt.Sprint(a.header) + string(a.body))
		if a.status != 410 && a.status != 200 || strings.Contains(all, "lärmaktionsplan") || strings.Contains(all, strings.ToLower(url.QueryEscape("Lärmaktionsplan"))) {
			h.Errorf("the public: %s answers %d: %s", path, a.status, a.body)
		}
	}
}

// publicSearch: a word of a non-public paper answers like a word that nobody has ever written, but for the word itself.
func (h *house) publicSearch() {
	const nothing = "Quxwyzbraq"
	for _, word := range slices.Sorted(func(yield func(string) bool) {
		for w := range canaries {
			if !yield(w) {
				return
			}
		}
	}) {
		blank := func(q string) answer {
			a := h.send("", "GET", "/suche?q="+url.QueryEscape(q), nil)
			for _, form := range []string{url.QueryEscape(q), url.PathEscape(q), q} {
				a.body = bytes.ReplaceAll(a.body, []byte(form), []byte("WORD"))
			}
			return a
		}
		a, b := blank(word), blank(nothing)
		if a.status != 200 || a.status != b.status || !bytes.Equal(a.body, b.body) {
			h.Errorf("the public: search for %q answers otherwise than for %q:\n%s", word, nothing, a.body)
		}
		h.send("", "GET", "/suche?q="+url.QueryEscape(word[:5]), nil)
	}
}
