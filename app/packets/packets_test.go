package packets_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/sandbox"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// TestWhatIsNewSinceTheLastVisit: published after the visit before this one, and not opened since; a visit ends after half an
// hour of silence.
func TestWhatIsNewSinceTheLastVisit(t *testing.T) {
	h := halltest.Open(t, "")
	v := h.As(h.Town.MainMember)
	m := h.Meeting()
	it := h.Item(m.ID, "Punkt", false)
	p, first := h.Paper(it.ID, "Vorlage", halltest.Texts("Erstwort", 1)...)
	count := func() int {
		t.Helper()
		list, _, err := h.Packets.Meetings(ctx, v, council.MeetingFilter{})
		if err != nil || len(list) != 1 {
			t.Fatalf("%d meetings, %v", len(list), err)
		}
		return list[0].New
	}
	h.Publish(m.ID)
	for _, step := range []struct {
		what string
		do   func()
		want int
	}{
		{"the first visit", func() {}, 1},
		{"20 minutes later, the same visit", func() { h.Turn(20 * time.Minute) }, 1},
		{"opened", func() { read(t, h, v, first.ID) }, 0},
		{"a day later, nothing happened", func() { h.Turn(24 * time.Hour) }, 0},
		{"an addition was published", func() {
			h.Turn(time.Hour)
			h.File(p.ID, "", "zweite.pdf", halltest.Texts("Zweitwort", 1)...)
			h.Publish(m.ID)
			h.Turn(time.Hour)
		}, 1},
		{"still the same visit", func() { h.Turn(10 * time.Minute) }, 1},
		{"the next visit, not opened", func() { h.Turn(2 * time.Hour) }, 0},
		{"a new version of what was read", func() {
			h.File(p.ID, first.ID, "neu.pdf", halltest.Texts("Neuwort", 1)...)
			h.Publish(m.ID)
		}, 1},
	} {
		step.do()
		if got := count(); got != step.want {
			t.Errorf("%s: %d new, want %d", step.what, got, step.want)
		}
	}
}

func read(t *testing.T, h *halltest.Hall, v policy.Viewer, file council.ID) []byte {
	t.Helper()
	c, err := h.Packets.OpenFile(ctx, v, file, "", false)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	all, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestThePersonalCopyIsForGood: the same bytes on every later day, other bytes for everybody else, one line in the log a visit.
func TestThePersonalCopyIsForGood(t *testing.T) {
	h := halltest.Open(t, "")
	v := h.As(h.Town.MainMember)
	m := h.Meeting()
	_, f := h.Paper(h.Item(m.ID, "Punkt", false).ID, "Vorlage", halltest.Texts("Wort", 1)...)
	_, open := h.Paper(h.Item(m.ID, "Offen", true).ID, "Bericht", halltest.Texts("Bericht", 1)...)
	h.Publish(m.ID)
	peek, err := h.Packets.OpenFile(ctx, v, f.ID, "", true)
	if err != nil {
		t.Fatal(err)
	}
	_ = peek.Close()
	if given, err := h.Store.Receipts(ctx, v.Person()); err != nil || len(given) != 0 {
		t.Errorf("HEAD gave %d receipts, %v", len(given), err)
	}
	monday := read(t, h, v, f.ID)
	h.Turn(3 * 24 * time.Hour)
	if thursday := read(t, h, v, f.ID); !bytes.Equal(monday, thursday) {
		t.Error("the copy changed with the days")
	}
	read(t, h, v, f.ID)
	read(t, h, v, open.ID)
	other := h.As(h.Town.MainMember2)
	if late := read(t, h, other, f.ID); bytes.Equal(late, monday) || len(late) != len(monday) {
		t.Errorf("two persons: %d and %d bytes, equal %v", len(monday), len(late), bytes.Equal(late, monday))
	}
	log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: f.ID})
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, e := range log {
		if e.Act == "file.read" && e.Actor == v.Person() {
			lines++
		}
	}
	if lines != 2 {
		t.Errorf("%d lines for two visits, want 2", lines)
	}
	if log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: open.ID}); err != nil {
		t.Fatal(err)
	} else {
		for _, e := range log {
			if e.Act == "file.read" {
				t.Error("reading a public paper was logged")
			}
		}
	}
}
