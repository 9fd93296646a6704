package packets

import (
	"context"
	"regexp"
	"strings"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/copies"
	"ris/documents/front"
)

// PacketInfo is how far the viewer's packet of a meeting is.
type PacketInfo struct {
	State   PacketState
	Pages   int   // in all; before it is ready without the agenda's pages
	Size    int64 // bytes; 0 before it is ready
	Done    int   // of Total, while it is prepared
	Total   int
	Singles int    // files that are read by themselves
	Problem string // message key when it failed
}

// PacketState is what can be done with a packet.
type PacketState string

// The states of a packet as its reader meets them.
const (
	PacketEmpty     PacketState = "empty"     // nothing of the meeting can be put together
	PacketMissing   PacketState = "missing"   // is made when somebody asks for it
	PacketPreparing PacketState = "preparing" // a worker is at it
	PacketReady     PacketState = "ready"
	PacketFailed    PacketState = "failed"
	PacketTooLarge  PacketState = "too_large"
)

// PacketCopy is the viewer's own copy of a packet: close it when the answer has been sent.
type PacketCopy struct {
	*copies.Copy
	FileName string
}

// Packet says how far the viewer's packet is; it starts nothing. Not found for a meeting that may not be seen.
func (s *Service) Packet(ctx context.Context, v policy.Viewer, meeting council.ID) (PacketInfo, error) {
	p, err := s.plan(ctx, v, meeting)
	if err != nil {
		return PacketInfo{}, err
	}
	info, _, err := s.packetOf(ctx, p)
	return info, err
}

func (s *Service) packetOf(ctx context.Context, p packetPlan) (PacketInfo, council.Packet, error) {
	info := PacketInfo{State: PacketMissing, Pages: p.pages}
	for _, it := range p.content.Items {
		for _, paper := range it.Papers {
			for _, f := range paper.Files {
				if f.Single != "" {
					info.Singles++
				}
			}
		}
	}
	switch {
	case len(p.files) == 0:
		info.State = PacketEmpty
		return info, council.Packet{}, nil
	case p.bytes > mostPacketBytes || p.pages > mostPacketPages:
		info.State, info.Problem = PacketTooLarge, "packet.problem.too_large"
		return info, council.Packet{}, nil
	}
	id, content, err := p.id()
	if err != nil {
		return info, council.Packet{}, err
	}
	packet, err := s.Store.Packet(ctx, id)
	if council.KindOf(err) == council.NotFound && err != nil {
		now := s.Clock()
		return info, council.Packet{ID: id, Body: p.meeting.Body, Meeting: p.meeting.ID, State: council.PacketPreparing, Content: content,
			Versions: p.versions(), Total: p.pages, Created: now, Used: now}, nil
	}
	if err != nil {
		return info, packet, err
	}
	info.Done, info.Total = packet.Done, packet.Total
	switch packet.State {
	case council.PacketReady:
		info.State, info.Pages, info.Size = PacketReady, packet.Pages, packet.Prepared.Size
	case council.PacketFailed:
		info.State, info.Problem = PacketFailed, packet.Problem
	default:
		info.State = PacketPreparing
	}
	return info, packet, nil
}

// OpenPacket opens the viewer's own copy of the packet of a meeting, made of what the viewer may read at this moment. While it is
// being prepared the copy is nil: the first who asks starts that, and so does who asks after a failure. peek is for HEAD: nothing
// is given and nothing started.
//
// All rules of a file hold: a receipt for each version in it, a line in the log for each non-public one, the day of the mark that
// of the first time.
func (s *Service) OpenPacket(ctx context.Context, v policy.Viewer, meeting council.ID, peek bool) (*PacketCopy, PacketInfo, error) {
	if !v.SignedIn() {
		return nil, PacketInfo{}, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	p, err := s.plan(ctx, v, meeting)
	if err != nil {
		return nil, PacketInfo{}, err
	}
	if err := policy.Confirmed(v, p.nonPublic()); err != nil {
		return nil, PacketInfo{}, err
	}
	info, packet, err := s.packetOf(ctx, p)
	if err != nil {
		return nil, info, err
	}
	switch info.State {
	case PacketEmpty:
		return nil, info, council.E(council.Conflict, "packet.problem.empty")
	case PacketTooLarge:
		return nil, info, council.E(council.TooLarge, info.Problem)
	case PacketMissing, PacketFailed:
		if !peek {
			if err := s.askForPacket(ctx, packet, info.State == PacketFailed); err != nil {
				return nil, info, err
			}
			info.State, info.Problem = PacketPreparing, ""
		}
		return nil, info, nil
	case PacketPreparing:
		return nil, info, nil
	}
	c, err := s.openPacket(ctx, v, p, packet, peek)
	if err != nil {
		return nil, info, err
	}
	return &PacketCopy{c, packetFileName(p)}, info, nil
}

func (s *Service) askForPacket(ctx context.Context, packet council.Packet, again bool) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if again {
			packet.State, packet.Problem, packet.Done = council.PacketPreparing, "", 0
			if err := s.Store.SavePacket(ctx, packet); err != nil {
				return err
			}
		} else if added, err := s.Store.AddPacket(ctx, packet); err != nil || !added {
			return err // somebody else was faster
		}
		return s.Store.Enqueue(ctx, jobs.MakePacket{Packet: packet.ID})
	})
}

func (s *Service) openPacket(ctx context.Context, v policy.Viewer, p packetPlan, packet council.Packet, peek bool) (*copies.Copy, error) {
	now := s.Clock()
	if !peek {
		if err := s.giveVersions(ctx, v, p, now); err != nil {
			return nil, err
		}
		if now.Sub(packet.Used) > time.Hour {
			if err := s.Store.UsePacket(ctx, packet.ID, now); err != nil {
				return nil, err
			}
		}
	}
	given, seed, err := s.packetReceipt(ctx, v, p.meeting, packet.ID, now, peek)
	if err != nil {
		return nil, err
	}
	base, err := s.Blobs.Open(ctx, blob.Packets, packet.Prepared.Blob)
	if err != nil {
		return nil, council.E(council.Unavailable, "file.error.unreadable").Because(err)
	}
	c, err := copies.Open(base, packet.Prepared, mark(v, p.body, given, seed, p.nonPublic()))
	if err != nil {
		_ = base.Close()
	}
	return c, err
}

// giveVersions notes that the person has every version in the packet.
func (s *Service) giveVersions(ctx context.Context, v policy.Viewer, p packetPlan, now time.Time) error {
	given, err := s.Store.Receipts(ctx, v.Person())
	if err != nil {
		return err
	}
	for _, f := range p.files {
		if _, before := given[f.version.ID]; !before {
			if _, _, err := s.receipt(ctx, v, f.version.ID, now, false); err != nil {
				return err
			}
		}
		if err := s.logReading(ctx, v, f.file, f.version, now, "packet", string(p.meeting.ID)); err != nil {
			return err
		}
	}
	return nil
}

var notInNames = regexp.MustCompile(`[^\pL\pN ,()-]+`)

// packetFileName is "Sitzungsmappe 2026-12-03 Bauausschuss.pdf".
func packetFileName(p packetPlan) string {
	name := strings.Join(strings.Fields(notInNames.ReplaceAllString(front.PacketName(p.meeting.Start.In(Berlin).Format("2006-01-02")+" "+p.meeting.Name), " ")), " ")
	if r := []rune(name); len(r) > 110 {
		name = strings.TrimSpace(string(r[:110]))
	}
	return name + ".pdf"
}
