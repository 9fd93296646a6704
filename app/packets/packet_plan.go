package packets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/front"
)

// What a packet may hold: a device has to open it, and a page of it is proven in some milliseconds.
const (
	mostPacketBytes = 500 << 20
	mostPacketPages = 6000
	// mostPartBytes bounds one paper: while it is put in, its child holds it in memory.
	mostPartBytes = 100 << 20
)

// packetFormat is raised when packets are made otherwise than before.
const packetFormat = 2

// packetContent is what a packet is made of, in its order. Everything in it may be known to the viewer for whom it was written, so
// that all who get the same content may get the same packet.
type packetContent struct {
	Format int         `json:"format"`
	Body   string      `json:"body"`
	Name   string      `json:"name"`
	Facts  [][2]string `json:"facts"`
	Items  []planItem  `json:"items"`
}

type planItem struct {
	Number    string      `json:"number"`
	Name      string      `json:"name"`
	NonPublic bool        `json:"nonPublic,omitempty"`
	Papers    []planPaper `json:"papers,omitempty"`
}

type planPaper struct {
	Reference string     `json:"reference"`
	Name      string     `json:"name"`
	Files     []planFile `json:"files"`
}

// planFile names a version by its base: when that is made anew, the packet is another one. Single says why the file is read by itself.
type planFile struct {
	Name    string     `json:"name"`
	Version council.ID `json:"version"`
	Base    string     `json:"base"`
	Pages   int        `json:"pages"`
	Single  string     `json:"single,omitempty"`
}

// packetPlan is the packet of a meeting as one viewer may have it now.
type packetPlan struct {
	meeting council.Meeting
	body    council.Body
	content packetContent
	files   []plannedFile // those that are in it, each once, in order
	pages   int
	bytes   int64
}

type plannedFile struct {
	file    council.File
	version council.FileVersion
}

// plan collects what is published on the meeting's agenda and the viewer may read, in its current versions.
func (s *Service) plan(ctx context.Context, v policy.Viewer, meeting council.ID) (packetPlan, error) {
	m, err := s.Store.Meeting(ctx, v, meeting)
	if err != nil {
		return packetPlan{}, err
	}
	full, err := s.meeting(ctx, v, freshness{nobody: true}, m)
	if err != nil {
		return packetPlan{}, err
	}
	p := packetPlan{meeting: m, body: full.In, content: packetContent{Format: packetFormat, Body: full.In.Name, Name: m.Name, Facts: facts(full)}}
	if m.State != council.Published {
		return p, nil
	}
	taken := map[council.ID]bool{}
	for _, it := range full.Agenda {
		if it.State != council.Published {
			continue
		}
		item := planItem{Number: it.Number, Name: it.Name, NonPublic: !it.Public}
		for _, paper := range it.Papers {
			if paper.State != council.Published {
				continue
			}
			entry := planPaper{Reference: paper.Reference, Name: paper.Name}
			for _, f := range paper.Files {
				fv := f.Shown
				if f.State != council.Published || fv.ID != f.Current || !fv.Processing.Ready() || fv.Prepared.Blob == "" {
					continue
				}
				one := planFile{Name: f.Name, Version: fv.ID, Base: fv.Prepared.Blob, Pages: len(fv.PageSizes)}
				switch {
				case fv.Prepared.Parts.Mode == council.Raster:
					one.Single = front.NoteSingle
				case fv.Prepared.Size > mostPartBytes:
					one.Single = front.NoteLarge
				}
				entry.Files = append(entry.Files, one)
				if one.Single != "" || taken[fv.ID] {
					continue
				}
				taken[fv.ID] = true
				p.files = append(p.files, plannedFile{f.File, fv})
				p.pages += one.Pages
				p.bytes += fv.Prepared.Size
			}
			item.Papers = append(item.Papers, entry)
		}
		p.content.Items = append(p.content.Items, item)
	}
	return p, nil
}

func facts(m Meeting) [][2]string {
	var out [][2]string
	if m.Cancelled {
		out = append(out, [2]string{front.FactNote, front.Cancelled})
	}
	out = append(out, [2]string{front.FactBegin, front.Moment(m.Start.In(Berlin))})
	if m.At != nil {
		var place []string
		for _, part := range []string{m.At.Description, m.At.Room, m.At.StreetAddress, strings.TrimSpace(m.At.PostalCode + " " + m.At.Locality)} {
			if part != "" {
				place = append(place, part)
			}
		}
		out = append(out, [2]string{front.FactPlace, strings.Join(place, ", ")})
	}
	return out
}

// id is made of the content alone: who may read the same gets the same packet, and any change gives another one.
func (p packetPlan) id() (id council.ID, content string, err error) {
	b, err := json.Marshal(p.content)
	if err != nil {
		return "", "", err
	}
	h := sha256.Sum256(append([]byte("packet\x00"+string(p.meeting.ID)+"\x00"), b...))
	h[6] = h[6]&0x0f | 0x80 // a UUID of version 8 (RFC 9562, section 5.8)
	h[8] = h[8]&0x3f | 0x80
	x := hex.EncodeToString(h[:16])
	return council.ID(x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]), string(b), nil
}

// versions of the packet in order.
func (p packetPlan) versions() []council.ID {
	out := make([]council.ID, len(p.files))
	for i, f := range p.files {
		out[i] = f.version.ID
	}
	return out
}

func (p packetPlan) nonPublic() bool {
	for _, f := range p.files {
		if nonPublic(f.file, f.version) {
			return true
		}
	}
	for _, it := range p.content.Items {
		if it.NonPublic {
			return true
		}
	}
	return false
}

// agenda numbers the parts: each version once, those in failed left out.
func (c packetContent) agenda(failed map[council.ID]bool) (front.Agenda, []council.ID) {
	a := front.Agenda{Body: c.Body, Meeting: c.Name, Facts: c.Facts}
	var order []council.ID
	numbers := map[council.ID]int{}
	for _, it := range c.Items {
		item := front.Item{Number: it.Number, Name: it.Name, NonPublic: it.NonPublic}
		for _, p := range it.Papers {
			paper := front.Paper{Reference: p.Reference, Name: p.Name}
			for _, f := range p.Files {
				one := front.File{Name: f.Name, Pages: f.Pages}
				switch n := numbers[f.Version]; {
				case f.Single != "":
					one.Note = f.Single
				case failed[f.Version]:
					one.Note = front.NoteFailed
				case n > 0:
					one.Part, one.Again = n, true
				default:
					order = append(order, f.Version)
					one.Part = len(order)
					numbers[f.Version] = one.Part
				}
				paper.Files = append(paper.Files, one)
			}
			item.Papers = append(item.Papers, paper)
		}
		a.Items = append(a.Items, item)
	}
	return a, order
}

// number is what an item is called in labels.
func number(it front.Item, position int) string {
	if it.Number != "" {
		return it.Number
	}
	return strconv.Itoa(position + 1)
}
