package packets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents/front"
	"ris/documents/pdf"
	"ris/documents/pipeline"
)

// PacketStore is what packets need of the database besides what is read; all of it joins the transaction in ctx.
type PacketStore interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Packet(ctx context.Context, id council.ID) (council.Packet, error)
	AddPacket(ctx context.Context, p council.Packet) (added bool, err error)
	SavePacket(ctx context.Context, p council.Packet) error
	UsePacket(ctx context.Context, id council.ID, now time.Time) error
	StalePackets(ctx context.Context, before time.Time) ([]council.Packet, error)
	DeletePacket(ctx context.Context, id council.ID) error
	Enqueue(ctx context.Context, job jobs.Job) error
}

var system = policy.System("packets")

const (
	// mostFailed is how many parts may turn out not to fit before a packet is given up.
	mostFailed = 20
	// keepPackets is how long a packet is kept that nobody asks for; made anew it is the same.
	keepPackets = 14 * 24 * time.Hour
	tellEvery   = time.Second
)

// MakePacketJob is the function of make_packet: front, parts, proof, base. Repeat-safe: a packet that is ready is left alone.
func (s *Service) MakePacketJob(ctx context.Context, j jobs.MakePacket) error {
	p, err := s.Store.Packet(ctx, j.Packet)
	if council.KindOf(err) == council.NotFound && err != nil {
		return nil
	}
	if err != nil || p.State == council.PacketReady {
		return err
	}
	var content packetContent
	if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
		return jobs.Never(err)
	}
	bases, err := s.bases(ctx, content)
	if err != nil {
		return err
	}
	if bases == nil { // a version has changed meanwhile: nobody can ask for this packet any more
		return s.Store.DeletePacket(ctx, p.ID)
	}
	made, err := s.mergeWhatFits(ctx, &p, content, bases)
	if err != nil {
		return err
	}
	p.State, p.Problem, p.Prepared, p.Pages = council.PacketReady, "", made.Prepared, len(made.Sizes)
	p.Done, p.Total = p.Pages, p.Pages
	return s.Store.SavePacket(ctx, p)
}

// bases are the bases of all versions, or nil when one is no longer as the content says.
func (s *Service) bases(ctx context.Context, c packetContent) (map[council.ID]council.Prepared, error) {
	out := map[council.ID]council.Prepared{}
	for _, it := range c.Items {
		for _, p := range it.Papers {
			for _, f := range p.Files {
				v, err := s.Store.FileVersion(ctx, system, f.Version)
				if err != nil && council.KindOf(err) != council.NotFound {
					return nil, err
				}
				if err != nil || v.Prepared.Blob != f.Base {
					return nil, nil
				}
				out[f.Version] = v.Prepared
			}
		}
	}
	return out, nil
}

// mergeWhatFits leaves out what cannot be put in; the agenda says so.
func (s *Service) mergeWhatFits(ctx context.Context, p *council.Packet, content packetContent, bases map[council.ID]council.Prepared) (pipeline.Merged, error) {
	failed := map[council.ID]bool{}
	told := time.Now()
	for {
		agenda, order := content.agenda(failed)
		if len(order) == 0 {
			return pipeline.Merged{}, jobs.Never(errors.New("no part fits"))
		}
		pages, err := front.Make(agenda)
		if err != nil {
			return pipeline.Merged{}, fmt.Errorf("agenda of a packet: %w", err)
		}
		list := make([]council.Prepared, len(order))
		for i, v := range order {
			list[i] = bases[v]
		}
		made, err := s.Documents.Merge(ctx, pages.PDF, list, describe(agenda, pages), func(done, total int) {
			if time.Since(told) < tellEvery {
				return
			}
			told = time.Now()
			p.Done, p.Total = done, total
			_ = s.Store.SavePacket(ctx, *p) // for people only; the packet does not hang on it
		})
		var bad *pipeline.BadPart
		if !errors.As(err, &bad) || bad.Part < 1 || bad.Part > len(order) || len(failed) >= mostFailed {
			return made, err
		}
		failed[order[bad.Part-1]] = true
		if s.Log != nil {
			s.Log.Warn("a version does not fit into a packet", "version", order[bad.Part-1], "error", bad.Cause)
		}
	}
}

// describe gives bookmarks, labels and links: item, paper, file, and below it the file's own bookmarks.
func describe(a front.Agenda, pages front.Pages) pdf.Packet {
	p := pdf.Packet{Title: front.PacketName(a.Meeting), Language: "de", Labels: []pdf.Label{{Page: 0, Roman: true, First: 1}},
		Bookmarks: []pdf.Bookmark{{Level: 1, Title: front.Title}}}
	for _, l := range pages.Links {
		p.Links = append(p.Links, pdf.PartLink{Page: l.Page, Box: l.Box, Part: l.Part})
	}
	for i, it := range a.Items {
		top := pdf.Bookmark{Level: 1, Title: strings.TrimSpace(it.Number + "  " + it.Name), Page: pages.Items[i]}
		at, labelled := len(p.Bookmarks), false
		for _, paper := range it.Papers {
			var inside []front.File
			for _, f := range paper.Files {
				if f.Part > 0 {
					inside = append(inside, f)
				}
			}
			if len(inside) == 0 {
				continue
			}
			if top.Part == 0 {
				top.Part, top.Page = inside[0].Part, 0
			}
			p.Bookmarks = append(p.Bookmarks, pdf.Bookmark{Level: 2, Title: strings.TrimSpace(paper.Reference + "  " + paper.Name), Part: inside[0].Part, Outline: len(inside) == 1})
			for _, f := range inside {
				if len(inside) > 1 {
					title := f.Name
					if title == paper.Name {
						title = front.MainName
					}
					p.Bookmarks = append(p.Bookmarks, pdf.Bookmark{Level: 3, Title: title, Part: f.Part, Outline: true})
				}
				if !labelled && !f.Again {
					labelled = true
					p.Labels = append(p.Labels, pdf.Label{Page: pages.First[f.Part] - 1, Prefix: front.LabelPrefix(number(it, i)), First: 1})
				}
			}
		}
		p.Bookmarks = append(p.Bookmarks[:at], append([]pdf.Bookmark{top}, p.Bookmarks[at:]...)...)
	}
	return p
}

// MakePacketFailed is called when the job was tried for the last time: readers see it and may ask again.
func (s *Service) MakePacketFailed(ctx context.Context, j jobs.MakePacket, _ error) error {
	p, err := s.Store.Packet(ctx, j.Packet)
	if err != nil {
		if council.KindOf(err) == council.NotFound {
			return nil
		}
		return err
	}
	p.State, p.Problem = council.PacketFailed, "packet.problem.failed"
	return s.Store.SavePacket(ctx, p)
}

// CollectPackets deletes packets that nobody asks for or nobody can get any more; their blobs go with the collection of blobs.
func (s *Service) CollectPackets(ctx context.Context) (int, error) {
	stale, err := s.Store.StalePackets(ctx, s.Clock().Add(-keepPackets))
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range stale {
		if err := s.Store.DeletePacket(ctx, p.ID); err != nil && council.KindOf(err) != council.NotFound {
			return n, err
		}
		n++
	}
	return n, nil
}
