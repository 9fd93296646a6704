package versions_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/packets"
	"ris/app/papers"
	"ris/app/store"
	"ris/app/versions"
	"ris/auth/policy"
	"ris/documents/compare"
	"ris/documents/pdf/pdftest"
	"ris/documents/sandbox"
)

var (
	ctx    = context.Background()
	system = policy.System("test")
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// ready waits for the difference of the two newest versions.
func ready(h *halltest.Hall, who policy.Viewer, file council.ID) (d *compare.Difference) {
	h.T.Helper()
	h.Eventually("difference", func() bool {
		c, err := h.Versions.Compare(ctx, who, file, "", "")
		if k := council.KindOf(err); err != nil && (k == council.NotFound || k == council.Conflict) {
			return false // not prepared yet
		}
		if err != nil {
			h.T.Fatal(err)
		}
		d = c.Difference
		return c.State == council.DifferenceReady
	})
	return d
}

// upload makes a new version of a file.
func upload(h *halltest.Hall, paper, file council.ID, list ...pdftest.Page) {
	h.T.Helper()
	stored, err := h.Papers.Receive(ctx, papers.Upload{Paper: paper, FileName: "neu.pdf", Replaces: file, Content: bytes.NewReader(pdftest.Pages(list...))})
	if err == nil {
		_, err = h.Papers.AddFile(ctx, h.As(h.Town.Clerk), stored)
	}
	if err != nil {
		h.T.Fatal(err)
	}
}

// The words that a new version changed are there when it is readable, with pages and places; a plan's drawing too.
func TestNewVersionIsCompared(t *testing.T) {
	h := halltest.Open(t, "")
	it := h.Item(h.Meeting().ID, "Punkt", true)
	drawing := func(x int) pdftest.Page {
		return pdftest.Page{MediaBox: "0 0 600 800", Content: fmt.Sprintf("0 g 100 100 400 3 re f %d 500 80 60 re f ", x)}
	}
	text := func(words string) pdftest.Page {
		return pdftest.Page{MediaBox: "0 0 595 842", Content: pdftest.Words(words)}
	}
	p, f := h.Paper(it.ID, "Vorlage", "anders")
	upload(h, p.ID, f.ID, text("Die Kosten betragen 12.500 Euro im Jahr"), drawing(100))
	upload(h, p.ID, f.ID, text("Die Kosten betragen 12.800 Euro im Jahr"), drawing(300))
	d := ready(h, h.As(h.Town.Clerk), f.ID)
	if len(d.Changes) != 1 || d.Changes[0].OldText != "12.500" || d.Changes[0].NewText != "12.800" || len(d.Changes[0].New) != 1 || d.Changes[0].New[0].Page != 1 {
		t.Errorf("%+v", d.Changes)
	}
	if len(d.Pictures) != 1 || d.Pictures[0].NewPage != 2 || len(d.Pictures[0].Regions) != 2 {
		t.Errorf("%+v", d.Pictures)
	}
}

// A difference is for those who may read both versions. For everybody else it is what an id is that never was; and no number of a version
// tells that there was another one.
func TestDifferenceByRight(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	it := h.Item(m.ID, "Punkt", false)
	p, f := h.Paper(it.ID, "Vorlage", halltest.Texts("Entwurfswort", 1)...)
	f2 := h.File(p.ID, f.ID, "zwei.pdf", halltest.Texts("Zweitwort", 1)...) // the first was never published
	h.Publish(m.ID)
	member, clerk, stranger := h.As(h.Town.MainMember), h.As(h.Town.Clerk), h.As(h.Town.OtherClerk)
	ready(h, clerk, f.ID)
	shown, err := h.Packets.File(ctx, member, f.ID)
	if err != nil || len(shown.Versions) != 1 || shown.Versions[0].Number != 1 || shown.Shown.Number != 1 {
		t.Errorf("%v: what the member sees of the numbers: %+v", err, shown.Versions)
	}
	if _, err := h.Versions.Compare(ctx, member, f.ID, "", ""); err == nil || council.KindOf(err) != council.NotFound {
		t.Errorf("the member compares with a draft: %v", err)
	}
	all, err := h.Store.FileVersions(ctx, system, f.ID)
	if err != nil || len(all) != 2 {
		t.Fatal(err, len(all))
	}
	never := council.NewID(h.Now())
	ask := func(who council.ID, path string) (int, string) {
		req, _ := http.NewRequest("GET", h.URL+"/api/v1/files/"+path, nil)
		req.Header.Set("Cookie", h.Cookie(who))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		var problem map[string]any
		_ = json.Unmarshal(body, &problem)
		delete(problem, "instance")
		flat, _ := json.Marshal(problem)
		return res.StatusCode, string(flat)
	}
	status, answer := ask(h.Town.MainMember, fmt.Sprintf("%s/difference?from=%s&to=%s", f.ID, all[0].ID, all[1].ID))
	status2, answer2 := ask(h.Town.MainMember, fmt.Sprintf("%s/difference?from=%s&to=%s", f.ID, never, all[1].ID))
	if status != 404 || status2 != 404 || answer != answer2 {
		t.Errorf("%d %s\n%d %s", status, answer, status2, answer2)
	}
	if status, _ := ask(h.Town.OtherClerk, fmt.Sprintf("%s/difference?from=%s&to=%s", f.ID, all[0].ID, all[1].ID)); status != 404 {
		t.Errorf("the clerk of another town gets %d", status)
	}
	if _, err := h.Versions.Compare(ctx, stranger, f.ID, "", ""); council.KindOf(err) != council.NotFound {
		t.Errorf("a stranger: %v", err)
	}
	if status, body := ask(h.Town.Clerk, string(f.ID)+"/difference"); status != 200 || !strings.Contains(body, "Zweitwort") {
		t.Errorf("the clerk gets %d %s", status, body)
	}
	h.File(p.ID, f2.ID, "drei.pdf", halltest.Texts("Drittwort", 1)...)
	h.Publish(m.ID)
	d := ready(h, member, f.ID) // from the second to the third: both were published
	if len(d.Changes) == 0 || strings.Contains(fmt.Sprint(d.Rows), "Entwurfswort") {
		t.Errorf("%+v", d.Rows)
	}
	lines := func() int {
		log, err := h.Store.AuditEntries(ctx, system, council.AuditFilter{Object: f.ID, Act: "file.compare"})
		if err != nil {
			t.Fatal(err)
		}
		return len(log)
	}
	if lines() == 0 {
		t.Error("looking at a non-public difference is not in the log")
	}
	// A line for each person, pair and day; and nobody is shown anything while the line cannot be written.
	deaf := &deafStore{Store: h.Store, deaf: true}
	s := &versions.Service{Store: deaf, Clock: h.Now, Zone: packets.Berlin}
	before := lines()
	if c, err := s.Compare(ctx, member, f.ID, "", ""); err == nil || c.Difference != nil {
		t.Errorf("shown without a line in the log: %v", err)
	}
	deaf.deaf = false
	for range 3 {
		if c, err := s.Compare(ctx, member, f.ID, "", ""); err != nil || c.Difference == nil {
			t.Errorf("%v", err)
		}
		h.Turn(time.Minute)
	}
	if n := lines() - before; n != 1 && n != 2 { // two when midnight was in between
		t.Errorf("%d lines for three looks on a day", n)
	}
	before = lines()
	h.Turn(25 * time.Hour)
	if _, err := s.Compare(ctx, member, f.ID, "", ""); err != nil || lines() != before+1 {
		t.Errorf("%v: %d lines on the next day", err, lines()-before)
	}
}

// deafStore is a database whose log cannot be written for a while.
type deafStore struct {
	*store.Store
	deaf bool
}

func (d *deafStore) Audit(ctx context.Context, e council.AuditEntry) error {
	if d.deaf {
		return errors.New("the log cannot be written")
	}
	return d.Store.Audit(ctx, e)
}
