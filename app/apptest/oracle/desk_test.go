//go:build !race

package oracle_test

import (
	"archive/zip"
	"bytes"
	"strings"

	"ris/app/council"
	"ris/app/demo"
)

// archives asks for all papers of each meeting in one: nobody gets one of a meeting that may not be seen, everybody else as many
// copies as the agenda shows files to this person.
func (h *house) archives(who string) {
	for _, m := range h.rules.town.Meetings {
		id := string(h.seeded.Meetings[m.Key])
		path := "/api/v1/meetings/" + id + "/papers.zip"
		if !h.rules.meeting(who, m) {
			h.gone(who, "GET", path, id)
			h.gone(who, "GET", path, id, "Range", "bytes=0-9")
			h.gone(who, "HEAD", path, id)
			continue
		}
		a := h.send(who, "GET", path, h.knows(who, m))
		if a.status == 409 { // nothing to give
			if n := h.shown(who, m); n > 0 && !h.rules.clerk(who, h.rules.bodyOf(m)) {
				h.Errorf("%s: no archive of %s, whose agenda shows %d files", name(who), m.Key, n)
			}
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
		if a.status != 200 || err != nil {
			h.Errorf("%s: the archive of %s answers %d: %v", name(who), m.Key, a.status, err)
			continue
		}
		copies := 0
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, ".pdf") {
				copies++
			}
		}
		if n := h.shown(who, m); copies > n || copies < n && !h.rules.clerk(who, h.rules.bodyOf(m)) {
			h.Errorf("%s: the archive of %s has %d copies, the agenda shows %d files", name(who), m.Key, copies, n)
		}
	}
}

// shown counts the files that the agenda of a meeting shows to the person; meetings holds it against the rules.
func (h *house) shown(who string, m demo.TownMeeting) int {
	var got ids
	h.decode(h.send(who, "GET", "/api/v1/meetings/"+string(h.seeded.Meetings[m.Key]), h.knows(who, m)), &got)
	files := map[council.ID]bool{}
	for _, it := range got.Items {
		for _, p := range it.Papers {
			for _, f := range p.Files {
				files[f.ID] = true
			}
		}
	}
	return len(files)
}

// desk asks for what only the clerk of a Body is shown: steps and originals of its files, its settings, its list of what needs a hand.
func (h *house) desk(who string, docs []document) {
	for _, d := range docs {
		id := string(d.id)
		path := "/api/v1/files/" + id
		if !h.rules.paper(who, d.paper) {
			h.gone(who, "GET", path+"/steps", id)
			h.gone(who, "POST", path+"/original", id)
			continue
		}
		manages := h.rules.clerk(who, h.bodyOfPaper(d.paper))
		if a := h.send(who, "GET", path+"/steps", nil); (a.status == 200) != manages || a.status != 200 && a.status != 403 {
			h.Errorf("%s: steps of %s answer %d", name(who), d.paper, a.status)
		}
		if !manages {
			if a := h.send(who, "POST", path+"/original", nil); a.status != 403 {
				h.Errorf("%s: the original of %s answers %d", name(who), d.paper, a.status)
			}
		}
	}
	clerk := false
	for body, id := range h.seeded.Bodies {
		manages := h.rules.clerk(who, body)
		clerk = clerk || manages
		for _, sub := range []string{"/preparation", "/preparation/preview"} {
			a := h.send(who, "GET", "/api/v1/bodies/"+string(id)+sub, nil)
			if (a.status == 200) != manages || a.status != 200 && a.status != 403 && a.status != 404 {
				h.Errorf("%s: %s of %s answers %d", name(who), sub, body, a.status)
			}
		}
	}
	if a := h.send(who, "GET", "/api/v1/work", nil); a.status != 200 && (clerk || a.status != 403) || a.status == 200 && !clerk && strings.Contains(string(a.body), `"id"`) {
		h.Errorf("%s: what needs a hand answers %d: %.200s", name(who), a.status, a.body)
	}
}

func (h *house) bodyOfPaper(key string) string {
	for _, m := range h.rules.town.Meetings {
		for _, it := range m.Items {
			for _, p := range it.Papers {
				if p == key {
					return h.rules.bodyOf(m)
				}
			}
		}
	}
	return ""
}
