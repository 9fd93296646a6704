//go:build !race

package oracle_test

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"ris/app/council"
	"ris/app/demo"
	"ris/auth/policy"
)

type packetInfo struct {
	State string
	Pages int
	Size  int64
}

// packet asks for the merged packet of a meeting: nobody hears of one of a meeting that may not be seen; everybody else's has as
// many pages as the rules give this person, and, for some, is made: what it gives are those versions and no others.
func (h *house) packet(ctx context.Context, who string, m demo.TownMeeting) {
	id := h.seeded.Meetings[m.Key]
	path := "/api/v1/meetings/" + string(id) + "/packet"
	if !h.rules.meeting(who, m) {
		h.gone(who, "GET", path, string(id))
		h.gone(who, "GET", path, string(id), "Range", "bytes=0-9")
		h.gone(who, "HEAD", path, string(id))
		h.gone(who, "GET", path+"/info", string(id))
		return
	}
	var info packetInfo
	h.decode(h.send(who, "GET", path+"/info", h.knows(who, m)), &info)
	full, err := h.app.Store.Meeting(ctx, policy.System("oracle"), id)
	h.must(err)
	if full.State != council.Published {
		if info.State != "empty" || info.Pages != 0 {
			h.Errorf("%s: the packet of %s, not published, is %+v", name(who), m.Key, info)
		}
		return
	}
	want := h.pages(ctx, who, m)
	pages := 0
	for _, n := range want {
		pages += n
	}
	if info.State != "ready" && info.Pages != pages {
		h.Errorf("%s: the packet of %s has %d pages, the rules give %d", name(who), m.Key, info.Pages, pages)
	}
	if len(want) > 0 && len(want) <= shortPacket && h.made < mostMade {
		h.made++
		h.readPacket(ctx, who, m, path, want)
	}
}

// mostMade is how many packets of each person are really made, of meetings with so many documents at most.
const (
	mostMade    = 1
	shortPacket = 12
)

// pages are the current published versions on the agenda that the rules give the person, with their pages.
func (h *house) pages(ctx context.Context, who string, m demo.TownMeeting) map[council.ID]int {
	out := map[council.ID]int{}
	for _, it := range m.Items {
		if !h.rules.item(who, m, it) {
			continue
		}
		for _, key := range it.Papers {
			if h.rules.paper(who, key) {
				maps.Copy(out, h.given(ctx, key))
			}
		}
	}
	return out
}

// given are the current published versions of a paper with their pages; the same for everybody, so they are looked up once.
func (h *house) given(ctx context.Context, key string) map[council.ID]int {
	if out, known := h.current.Load(key); known {
		return out.(map[council.ID]int)
	}
	out := map[council.ID]int{}
	p, err := h.app.Store.Paper(ctx, policy.System("oracle"), h.seeded.Papers[key])
	h.must(err)
	if p.State == council.Published {
		files, err := h.app.Store.Files(ctx, policy.System("oracle"), council.FileFilter{Paper: p.ID})
		h.must(err)
		for _, f := range files {
			if f.State != council.Published || f.Current == "" {
				continue
			}
			v, err := h.app.Store.FileVersion(ctx, policy.System("oracle"), f.Current)
			h.must(err)
			out[v.ID] = len(v.PageSizes)
		}
	}
	h.current.Store(key, out)
	return out
}

func (h *house) readPacket(ctx context.Context, who string, m demo.TownMeeting, path string, want map[council.ID]int) {
	person := h.seeded.Persons[who]
	before, err := h.app.Store.Receipts(ctx, person)
	h.must(err)
	var a answer
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if a = h.send(who, "GET", path, h.knows(who, m)); a.status != 202 {
			break
		}
		var info packetInfo
		if err := json.Unmarshal(a.body, &info); err != nil || info.State != "preparing" {
			h.Fatalf("%s: packet of %s: %s", name(who), m.Key, a.body)
		}
	}
	if a.status != 200 {
		h.Errorf("%s: the packet of %s answers %d %.200s", name(who), m.Key, a.status, a.body)
		return
	}
	part := h.send(who, "GET", path, h.knows(who, m), "Range", "bytes=0-99")
	if part.status != 206 || string(part.body) != string(a.body[:100]) {
		h.Errorf("%s: a part of the packet of %s answers %d", name(who), m.Key, part.status)
	}
	after, err := h.app.Store.Receipts(ctx, person)
	h.must(err)
	var given []council.ID
	for v := range after {
		if _, old := before[v]; !old {
			given = append(given, v)
		}
	}
	for _, v := range given {
		if _, ok := want[v]; !ok {
			h.Errorf("%s: the packet of %s gave version %s, which the rules do not give", name(who), m.Key, v)
		}
	}
	for v := range want {
		if _, ok := after[v]; !ok {
			h.Errorf("%s: the packet of %s lacks a receipt of %s (given %d)", name(who), m.Key, v, len(given))
		}
	}

}

// pictures asks for small pictures, reading copies and the accessibility report of a file: of those who may not read it always, of the
// others now and then.
func (h *house) pictures(who, path, id string, reads bool, version string) {
	const nowAndThen = 8
	h.pictured++
	for n, q := range []string{"/thumbnail?version=" + version + "&page=1", "/thumbnail", "?reading=1"} {
		if !reads {
			h.gone(who, "GET", path+q, id)
			continue
		}
		if n > 0 && h.pictured%nowAndThen != 0 {
			continue
		}
		if a := h.send(who, "GET", path+q, nil); a.status != 200 && a.status != 409 {
			h.Errorf("%s: %s%s answers %d", name(who), path, q, a.status)
		}
	}
	if !reads {
		h.gone(who, "GET", path+"/accessibility", id)
	} else if a := h.send(who, "GET", path+"/accessibility", nil); a.status != 200 && a.status != 403 {
		h.Errorf("%s: %s/accessibility answers %d", name(who), path, a.status)
	}
}
