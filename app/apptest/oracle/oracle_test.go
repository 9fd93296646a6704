//go:build !race

// With the race detector the seed alone takes minutes: make test runs this package once more without it.

package oracle_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/config"
	"ris/app/council"
	"ris/app/demo"
	"ris/auth/policy"
)

// viewers: the accounts of the demo, the biased member, two whose seats have ended, a member and a clerk of the other Body.
var viewers = []string{"p01", "p02", "p03", "p04", "p05", "p06", "p14", "p08", "p22", "p24", foreignClerk}

// document is one file of the town with its versions, as the system knows it.
type document struct {
	paper    string // key
	id       council.ID
	current  council.ID
	versions []council.ID
}

// TestWhatEverybodyGets is on SQLite with the embedded search.
func TestWhatEverybodyGets(t *testing.T) {
	everybody(t, open(t, func(*config.Config) {}))
}

// TestWhatEverybodyGetsInProduction is on PostgreSQL by the roles of a production installation, so that row-level security is in force and
// portal and open data read with a role of their own; and with Meilisearch where RIS_TEST_MEILI_URL names a server, whose indexes it empties.
// It belongs to make test-access.
func TestWhatEverybodyGetsInProduction(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("long: RIS_LONG=1")
	}
	roles := storetest.Roles(t)
	h := open(t, func(c *config.Config) {
		c.Database, c.PortalDatabase = roles.App, roles.Portal
		c.SearchURL, c.SearchKey = os.Getenv("RIS_TEST_MEILI_URL"), os.Getenv("RIS_TEST_MEILI_KEY")
	})
	if h.app.Config.SearchURL == "" {
		t.Log("NOT RUN with Meilisearch: RIS_TEST_MEILI_URL is not set; the search is the embedded one")
	}
	net, err := h.app.Store.SecondNet(t.Context())
	if err != nil || !net.On() {
		t.Fatalf("row-level security is not in force: %+v %v", net, err)
	}
	everybody(t, h)
}

// everybody asks as each viewer, side by side, then as the public; each has all channels.
func everybody(t *testing.T, h *house) {
	ctx := context.Background()
	docs := h.documents(ctx)
	start := time.Now()
	t.Run("signed in", func(t *testing.T) {
		for _, who := range viewers {
			t.Run(who, func(t *testing.T) {
				t.Parallel()
				h := h.in(t)
				h.meetings(ctx, who)
				h.papers(who, docs)
				h.files(who, docs)
				h.search(who)
				h.desk(who, docs)
				h.archives(who)
			})
		}
	})
	signedIn := time.Since(start)
	h.public(ctx, docs)
	h.traces(ctx, docs)
	h.logged()
	t.Logf("%d requests, %d files, %.0f s as the signed-in, %.0f s as the public", h.asked.Load(), len(docs), signedIn.Seconds(), (time.Since(start) - signedIn).Seconds())
	if h.asked.Load() < 3000 || len(docs) < 50 {
		t.Errorf("only %d requests, %d files: this proves nothing", h.asked.Load(), len(docs))
	}
}

func (h *house) documents(ctx context.Context) (out []document) {
	for key, id := range h.seeded.Papers {
		files, err := h.app.Store.Files(ctx, policy.System("oracle"), council.FileFilter{Paper: id})
		h.must(err)
		for _, f := range files {
			d := document{paper: key, id: f.ID, current: f.Current}
			versions, err := h.app.Store.FileVersions(ctx, policy.System("oracle"), f.ID)
			h.must(err)
			for _, v := range versions {
				d.versions = append(d.versions, v.ID)
			}
			out = append(out, d)
		}
	}
	return out
}

// gone requires that the answer is that for an id that never existed.
func (h *house) gone(who, method, path, id string, header ...string) {
	h.Helper()
	a := h.send(who, method, path, nil, header...)
	shape, _, _ := strings.Cut(strings.ReplaceAll(path, id, ""), "version=")
	key := who + method + shape + strings.Join(header, "\n")
	b, known := h.never[key] // asked once for each person and kind of address
	if !known {
		b = h.send(who, method, strings.ReplaceAll(path, id, string(council.NewID(h.app.Clock()))), nil, header...)
		h.never[key] = b
	}
	if a.status != 404 {
		h.Errorf("%s: %s %s answers %d", name(who), method, path, a.status)
	}
	if diff := a.same(b); diff != "" {
		h.Errorf("%s: %s %s differs from an id that never was: %s", name(who), method, path, diff)
	}
}

type ids struct {
	ID         council.ID `json:"id"`
	Name       string     `json:"name"`
	ItemCount  int        `json:"itemCount"`
	PaperCount int        `json:"paperCount"`
	NewCount   int        `json:"newCount"`
	MayManage  bool       `json:"mayManage"`
	Items      []ids      `json:"agendaItems"`
	Papers     []ids      `json:"papers"`
	Files      []ids      `json:"files"`
	AgendaItem *ids       `json:"agendaItem"`
	Stops      []ids      `json:"consultations"`
}

func (h *house) decode(a answer, into any) {
	h.Helper()
	if err := json.Unmarshal(a.body, into); err != nil {
		h.Errorf("%d %s: %v", a.status, a.body, err)
	}
}

// items are the names of the visible items, readable the keys of the papers on them.
func (h *house) items(who string, m demo.TownMeeting) (items, readable []string) {
	for _, it := range m.Items {
		if !h.rules.item(who, m, it) {
			continue
		}
		items = append(items, it.Name)
		for _, p := range it.Papers {
			if h.rules.paper(who, p) && !slices.Contains(readable, p) {
				readable = append(readable, p)
			}
		}
	}
	return items, readable
}

// knows: who is biased sees that the item is on the agenda (and so must leave the room), not its papers.
func (h *house) knows(who string, m demo.TownMeeting) (words []string) {
	items, _ := h.items(who, m)
	for word := range canaries {
		if strings.Contains(strings.Join(items, "\n"), word) {
			words = append(words, word)
		}
	}
	return words
}

func (h *house) meetings(ctx context.Context, who string) {
	var all []string
	listed := map[council.ID]ids{}
	for _, m := range h.rules.town.Meetings {
		all = append(all, h.knows(who, m)...)
	}
	for next := "/api/v1/meetings?limit=3"; next != ""; {
		var page struct {
			Data []ids
			Next string
		}
		h.decode(h.send(who, "GET", next, all), &page)
		for _, m := range page.Data {
			listed[m.ID] = m
		}
		next = page.Next
	}
	for _, q := range []string{"?state=draft", "?state=withdrawn", "?from=2000-01-01&to=2100-01-01&limit=200"} {
		h.send(who, "GET", "/api/v1/meetings"+q, all)
	}
	for _, p := range []string{"/me", "/organizations", "/locations", "/uploads"} {
		h.send(who, "GET", "/api/v1"+p, nil)
	}
	for _, m := range h.rules.town.Meetings {
		h.meeting(ctx, who, m, listed)
	}
	for _, m := range h.rules.town.Meetings { // last: what a packet gives is no longer new
		h.packet(ctx, who, m)
	}
}

// forClerks are what only its clerk sees of a meeting.
var forClerks = []string{"/publish-preview", "/participation"}

func (h *house) meeting(ctx context.Context, who string, m demo.TownMeeting, listed map[council.ID]ids) {
	id := h.seeded.Meetings[m.Key]
	path := "/api/v1/meetings/" + string(id)
	entry, inList := listed[id]
	manages := h.rules.clerk(who, h.rules.bodyOf(m))
	if inList && !h.rules.meeting(who, m) {
		h.Errorf("%s: meeting %s is in the list", name(who), m.Key)
	}
	if !h.rules.meeting(who, m) {
		h.gone(who, "GET", path, string(id))
		for _, sub := range forClerks {
			h.gone(who, "GET", path+sub, string(id))
		}
		return
	}
	var got ids
	h.decode(h.send(who, "GET", path, h.knows(who, m)), &got)
	items, readable := h.items(who, m)
	var names []string
	for _, it := range got.Items {
		names = append(names, it.Name)
		for _, p := range it.Papers {
			if key := h.key(p.ID); !h.rules.paper(who, key) && !manages {
				h.Errorf("%s: paper %s stands on the agenda of %s", name(who), key, m.Key)
			}
		}
	}
	if !slices.Equal(names, items) {
		h.Errorf("%s: agenda of %s is %q, the rules say %q", name(who), m.Key, names, items)
	}
	if got.MayManage != manages || got.ItemCount != len(items) || got.PaperCount != len(readable) {
		h.Errorf("%s: %s counts %d items, %d papers, the rules %d, %d", name(who), m.Key, got.ItemCount, got.PaperCount, len(items), len(readable))
	}
	if inList && (entry.ItemCount != got.ItemCount || entry.PaperCount != got.PaperCount || entry.NewCount != got.NewCount) {
		h.Errorf("%s: %s counts in the list %+v otherwise than by itself", name(who), m.Key, entry)
	}
	for _, sub := range forClerks {
		a := h.send(who, "GET", path+sub, h.knows(who, m))
		if (a.status == 200) != manages || a.status != 200 && a.status != 403 {
			h.Errorf("%s: %s of %s answers %d", name(who), sub, m.Key, a.status)
		}
	}
}

func (h *house) key(paper council.ID) string {
	for k, id := range h.seeded.Papers {
		if id == paper {
			return k
		}
	}
	return ""
}

func (h *house) papers(who string, docs []document) {
	for key, id := range h.seeded.Papers {
		path := "/api/v1/papers/" + string(id)
		if !h.rules.paper(who, key) {
			h.gone(who, "GET", path, string(id))
			continue
		}
		var got ids
		h.decode(h.send(who, "GET", path, nil), &got)
		files := 0
		for _, d := range docs {
			if d.paper == key {
				files++
			}
		}
		if len(got.Files) != files {
			h.Errorf("%s: %s has %d files, the town %d", name(who), key, len(got.Files), files)
		}
	}
}

// files asks every file by every route and with every version, its own and a foreign one.
func (h *house) files(who string, docs []document) {
	for i, d := range docs {
		path, id := "/api/v1/files/"+string(d.id), string(d.id)
		h.pictures(who, path, id, h.rules.paper(who, d.paper), string(d.versions[0]))
		if !h.rules.paper(who, d.paper) {
			for _, v := range []string{"", "?version=" + string(d.versions[0])} {
				h.gone(who, "GET", path+v, id)
				h.gone(who, "GET", path+v, id, "Range", "bytes=0-9")
				h.gone(who, "GET", path+v, id, "If-None-Match", "*")
				h.gone(who, "HEAD", path+v, id)
				h.gone(who, "GET", path+"/pages"+v, id)
			}
			h.gone(who, "GET", path+"/info", id)
			h.gone(who, "GET", path+"/marks?q=Seite", id)
			h.gone(who, "GET", path+"/difference", id)
			h.gone(who, "GET", path+"/outline", id)
			continue
		}
		for _, sub := range []string{"/info", "/pages", "/outline", "/marks?q=Seite"} {
			if a := h.send(who, "GET", path+sub, nil); a.status != 200 {
				h.Errorf("%s: %s%s of %s answers %d", name(who), path, sub, d.paper, a.status)
			}
		}
		whole := h.send(who, "GET", path, nil)
		part := h.send(who, "GET", path, nil, "Range", "bytes=0-99")
		if whole.status != 200 || part.status != 206 || string(part.body) != string(whole.body[:100]) {
			h.Errorf("%s: file of %s answers %d, a part of it %d", name(who), d.paper, whole.status, part.status)
		}
		// A foreign version under a file that may be read.
		other := docs[(i+1)%len(docs)]
		h.gone(who, "GET", path+"/difference?from="+string(other.versions[0]), string(other.versions[0]))
		h.gone(who, "GET", path+"/difference?to="+string(other.versions[0]), string(other.versions[0]))
		for _, sub := range []string{"", "/pages"} {
			h.gone(who, "GET", path+sub+"?version="+string(other.versions[0]), string(other.versions[0]))
		}
	}
}

// logged: neither words of papers nor tokens stand in the log.
func (h *house) logged() {
	h.log.mu.Lock()
	defer h.log.mu.Unlock()
	text := h.log.b.String()
	if !strings.Contains(text, "/api/v1/meetings") {
		h.Error("the log has no line of a request")
	}
	for word := range canaries {
		if strings.Contains(text, word) {
			h.Errorf("the log holds %q", word)
		}
	}
	for who, token := range h.tokens {
		if strings.Contains(text, token) {
			h.Errorf("the log holds the token of %s", who)
		}
	}
}
