package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// PacketReceipt notes that the person was given the merged packet, and returns when that was for the first time and its code.
// r names Person, Packet, Body, Meeting and FirstGiven (now); code is as with Receipt. With peek nothing is noted. Who may
// have the packet is asked before: this is the ledger only.
func (s *Store) PacketReceipt(ctx context.Context, r council.Receipt, code func(n int) string, peek bool) (council.Receipt, error) {
	row, err := s.packetReceipt(ctx, r.Person, r.Packet)
	for n := 0; err == nil && row.Code == ""; n++ {
		if n, err = s.freeCode(ctx, code, n); err != nil {
			break
		}
		fresh := packetReceiptRow{Person: r.Person, Packet: r.Packet, Body: r.Body, Meeting: r.Meeting, FirstGiven: instant(r.FirstGiven), Code: code(n)}
		if peek {
			row = fresh
			break
		}
		err = s.together(ctx, func(ctx context.Context) error {
			if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
				return failed(err)
			}
			var err error
			row, err = s.packetReceipt(ctx, r.Person, r.Packet) // perhaps of another request that was faster
			return err
		})
	}
	return toPacketReceipt(row), err
}

func (s *Store) packetReceipt(ctx context.Context, person, packet council.ID) (packetReceiptRow, error) {
	var rows []packetReceiptRow
	if err := of(of(s.readOwn(ctx, person), "person", person), "packet", packet).Find(&rows).Error; err != nil || len(rows) == 0 {
		return packetReceiptRow{}, failed(err)
	}
	return rows[0], nil
}

type packetReceiptRow struct {
	Person     council.ID
	Packet     council.ID
	Body       council.ID
	Meeting    council.ID
	FirstGiven instant
	Code       string
}

func (packetReceiptRow) TableName() string { return "packet_receipts" }

func toPacketReceipt(r packetReceiptRow) council.Receipt {
	return council.Receipt{Person: r.Person, Packet: r.Packet, Meeting: r.Meeting, Body: r.Body, FirstGiven: r.FirstGiven.time(), Code: r.Code}
}
