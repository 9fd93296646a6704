package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// Packet loads a packet. Who may have it is asked before: its id is made of what the person may read. council.NotFound: nobody
// has asked for it yet.
func (s *Store) Packet(ctx context.Context, id council.ID) (council.Packet, error) {
	row, err := byID[packetRow](s.read(ctx), id)
	if err != nil {
		return council.Packet{}, err
	}
	var versions []packetVersionRow
	if err := of(s.read(ctx), "packet", id).Order("position").Find(&versions).Error; err != nil {
		return council.Packet{}, failed(err)
	}
	return toPacket(row, versions), nil
}

// AddPacket writes the packet unless there is one of that id, and reports whether it did.
func (s *Store) AddPacket(ctx context.Context, p council.Packet) (added bool, err error) {
	err = s.together(ctx, func(ctx context.Context) error {
		row := fromPacket(p)
		done := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if added = done.RowsAffected > 0; done.Error != nil || !added {
			return failed(done.Error)
		}
		versions := make([]packetVersionRow, len(p.Versions))
		for i, v := range p.Versions {
			versions[i] = packetVersionRow{Packet: p.ID, Position: i, Version: v}
		}
		if len(versions) == 0 {
			return nil
		}
		return failed(s.write(ctx).CreateInBatches(&versions, 200).Error)
	})
	return added, err
}

// SavePacket writes state, problem, pages, progress and base of a packet; nothing happens when it is gone.
func (s *Store) SavePacket(ctx context.Context, p council.Packet) error {
	row := fromPacket(p)
	return failed(of(s.write(ctx).Model(&packetRow{}), "id", p.ID).Select("State", "Problem", "Pages", "Done", "Total", "Blob", "Prepared").Updates(&row).Error)
}

// UsePacket notes that somebody asked for the packet.
func (s *Store) UsePacket(ctx context.Context, id council.ID, now time.Time) error {
	return failed(of(s.write(ctx).Model(&packetRow{}), "id", id).Update("used", instant(now)).Error)
}

// StalePackets lists packets that nobody asked for since before, and those with a version that readers no longer get.
func (s *Store) StalePackets(ctx context.Context, before time.Time) ([]council.Packet, error) {
	papers := s.read(ctx).Model(&paperRow{}).Where("state = ?", council.Published).Select("id")
	current := s.read(ctx).Model(&fileRow{}).Where("state = ?", council.Published).Where("current IS NOT NULL").Where("paper IN (?)", papers).Select("current")
	old := s.read(ctx).Model(&packetVersionRow{}).Where("version NOT IN (?)", current).Select("packet")
	query := s.unfiltered(ctx, "packets to delete").Where("used < ? OR id IN (?)", instant(before), old)
	return list(query.Order("id"), func(r packetRow) council.Packet { return toPacket(r, nil) })
}

// DeletePacket deletes the packet; its blob is the collection's business.
func (s *Store) DeletePacket(ctx context.Context, id council.ID) error {
	return remove[packetRow](s.write(ctx), id)
}

type packetRow struct {
	ID       council.ID
	Body     council.ID
	Meeting  council.ID
	State    council.PacketState
	Problem  string
	Content  string
	Pages    int
	Done     int
	Total    int
	Blob     string
	Prepared packed[council.Prepared]
	Created  instant
	Used     instant
}

func (packetRow) TableName() string { return "packets" }

type packetVersionRow struct {
	Packet   council.ID
	Position int
	Version  council.ID
}

func (packetVersionRow) TableName() string { return "packet_versions" }

func fromPacket(p council.Packet) packetRow {
	return packetRow{ID: p.ID, Body: p.Body, Meeting: p.Meeting, State: p.State, Problem: p.Problem, Content: p.Content, Pages: p.Pages,
		Done: p.Done, Total: p.Total, Blob: p.Prepared.Blob, Prepared: packed[council.Prepared]{p.Prepared}, Created: instant(p.Created), Used: instant(p.Used)}
}

func toPacket(r packetRow, versions []packetVersionRow) council.Packet {
	out := council.Packet{ID: r.ID, Body: r.Body, Meeting: r.Meeting, State: r.State, Problem: r.Problem, Content: r.Content, Pages: r.Pages,
		Done: r.Done, Total: r.Total, Prepared: r.Prepared.Data, Created: r.Created.time(), Used: r.Used.time()}
	for _, v := range versions {
		out.Versions = append(out.Versions, v.Version)
	}
	return out
}
