package halltest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/papers"
)

// PDF sets lines of text as a real PDF, one page for each.
func PDF(t testing.TB, pages ...string) []byte {
	t.Helper()
	p := fpdf.New("P", "pt", "A4", "")
	latin := p.UnicodeTranslatorFromDescriptor("")
	for _, text := range pages {
		p.AddPage()
		p.SetFont("Helvetica", "", 12)
		p.MultiCell(0, 16, latin(text), "", "", false)
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Meeting makes a draft of the main committee, a week from now.
func (h *Hall) Meeting(organizations ...council.ID) council.Meeting {
	h.T.Helper()
	if len(organizations) == 0 {
		organizations = []council.ID{h.Town.Main}
	}
	m, err := h.Meetings.Add(context.Background(), h.As(h.Town.Clerk), meetings.NewMeeting{Name: "Sitzung des Hauptausschusses",
		Organizations: organizations, Start: h.Now().Add(7 * 24 * time.Hour)})
	must(h.T, err)
	return m
}

// Item puts an item on the agenda.
func (h *Hall) Item(meeting council.ID, name string, public bool) council.AgendaItem {
	h.T.Helper()
	it, err := h.Meetings.AddItem(context.Background(), h.As(h.Town.Clerk), meeting, 0, meetings.NewAgendaItem{Name: name, Public: public})
	must(h.T, err)
	return it
}

// Paper makes a paper with one file of the given pages on an item.
func (h *Hall) Paper(item council.ID, name string, pages ...string) (council.Paper, council.File) {
	h.T.Helper()
	p, err := h.Papers.Add(context.Background(), h.As(h.Town.Clerk), papers.NewPaper{Name: name, Reference: "V/" + name, AgendaItem: item})
	must(h.T, err)
	return p, h.File(p.ID, "", name+".pdf", pages...)
}

// File uploads a PDF to a paper; replaces names the file of which it is a new version, or "".
func (h *Hall) File(paper, replaces council.ID, fileName string, pages ...string) council.File {
	h.T.Helper()
	ctx, v := context.Background(), h.As(h.Town.Clerk)
	stored, err := h.Papers.Receive(ctx, papers.Upload{Paper: paper, FileName: fileName, Replaces: replaces, Reason: "Test",
		Content: bytes.NewReader(PDF(h.T, pages...))})
	must(h.T, err)
	f, err := h.Papers.AddFile(ctx, v, stored)
	must(h.T, err)
	return f
}

// Publish publishes and requires that it was done at once.
func (h *Hall) Publish(meeting council.ID) council.Meeting {
	h.T.Helper()
	var m council.Meeting
	h.Eventually("publication of "+string(meeting), func() bool {
		var err error
		if m, err = h.Meetings.Publish(context.Background(), h.As(h.Town.Clerk), meeting, 0); err != nil {
			h.T.Fatal(err)
		}
		return m.State == council.Published && m.PublishRequested.IsZero()
	})
	return m
}

// Searchable waits until the newest version of each file has been worked and indexed.
func (h *Hall) Searchable(files ...council.ID) {
	h.T.Helper()
	for _, id := range files {
		h.Eventually("file "+string(id)+" searchable", func() bool {
			versions, err := h.Store.FileVersions(context.Background(), system, id)
			must(h.T, err)
			for _, v := range versions {
				if v.Processing == council.Refused {
					h.T.Fatalf("refused: %s", v.Problem)
				}
				if v.Processing == council.Searchable {
					return true
				}
			}
			return false
		})
	}
}

// Texts makes n different pages of which each holds word.
func Texts(word string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("Seite %d. Der Ausschuss berät über %s und empfiehlt dem Rat, zuzustimmen. %s", i+1, word,
			strings.Repeat("Die Verwaltung berichtet über den Stand der Arbeiten. ", 5))
	}
	return out
}
