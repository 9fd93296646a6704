package front

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Agenda is what stands on the pages. Everything in it may be known to the reader.
type Agenda struct {
	Body    string      `json:"body"`    // name of the municipality
	Meeting string      `json:"meeting"` // name of the meeting
	Facts   [][2]string `json:"facts"`   // "Beginn", "Donnerstag, 3. Dezember 2026, 18:00 Uhr"
	Items   []Item      `json:"items"`
}

// Item is an item of the agenda. Number may be empty.
type Item struct {
	Number    string  `json:"number"`
	Name      string  `json:"name"`
	NonPublic bool    `json:"nonPublic"`
	Papers    []Paper `json:"papers"`
}

// Paper is a paper on an item.
type Paper struct {
	Reference string `json:"reference"`
	Name      string `json:"name"`
	Files     []File `json:"files"`
}

// File is a document of a paper. Part is its place in the packet, from 1; 0 = it is not in it, and Note says why. Again: it
// stands in the packet already, under an item before.
type File struct {
	Name  string `json:"name"`
	Pages int    `json:"pages"`
	Part  int    `json:"part"`
	Note  string `json:"note,omitempty"`
	Again bool   `json:"again,omitempty"`
}

// Why a file is not in the packet.
const (
	NoteSingle = "streng vertraulich, bitte einzeln lesen"
	NoteLarge  = "sehr groß, bitte einzeln lesen"
	NoteFailed = "kann nicht eingefügt werden, bitte einzeln lesen"
)

// Link is an area on page Page (from 1) that leads to a part: left, bottom, right, top in PDF points.
type Link struct {
	Page int
	Box  [4]float64
	Part int
}

// Pages are the set pages.
type Pages struct {
	PDF   []byte
	Count int
	Links []Link
	First map[int]int // page (from 1, of the packet) on which each part begins
	Items []int       // page (from 1) on which each item stands
}

// Make sets the agenda. Where a part begins depends on how many pages the agenda itself takes: it is set twice.
func Make(a Agenda) (Pages, error) {
	count := 1
	for {
		s, err := set(a, count)
		if err != nil {
			return Pages{}, err
		}
		if got := s.PageNo(); got > count { // never fewer: the numbers only grow
			count = got
			continue
		}
		var out bytes.Buffer
		if err := s.Output(&out); err != nil {
			return Pages{}, err
		}
		return Pages{PDF: out.Bytes(), Count: count, Links: s.links, First: s.first, Items: s.pages}, nil
	}
}

func set(a Agenda, count int) (*sheet, error) {
	s := newSheet(a)
	s.first = map[int]int{}
	next := count + 1
	for _, it := range a.Items {
		for _, p := range it.Papers {
			for _, f := range p.Files {
				if f.Part > 0 && !f.Again {
					s.first[f.Part] = next
					next += f.Pages
				}
			}
		}
	}
	s.AddPage()
	s.head()
	s.items()
	return s, s.Error()
}

// made is the date in the file: none of ours, so that the same agenda gives the same bytes.
var made = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func newSheet(a Agenda) *sheet {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes(face, "", regular)
	f.AddUTF8FontFromBytes(face, "B", bold())
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetCatalogSort(true)
	f.SetTitle("Tagesordnung: "+a.Meeting, true)
	f.SetLang("de")
	f.SetMargins(left, top, right)
	f.SetAutoPageBreak(false, bottom)
	s := &sheet{Fpdf: f, agenda: a}
	f.SetFooterFunc(s.foot)
	return s
}
