package store

import (
	"context"

	"ris/app/council"
)

// ReceiptsByCode gives the copies of any Body with one of these codes, of versions and of packets. It is for the ledger itself
// and for a search that two persons have agreed to (app/trace): nobody else asks it.
func (s *Store) ReceiptsByCode(ctx context.Context, codes []string) ([]council.Receipt, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	versions, err := list(s.unfiltered(ctx, "codes of copies").Where("code IN ?", codes), toReceipt)
	if err != nil {
		return nil, err
	}
	packets, err := list(s.unfiltered(ctx, "codes of copies").Where("code IN ?", codes), toPacketReceipt)
	return append(versions, packets...), err
}

// Ledger hands over all copies given of versions and packets of the Body, in portions. It is for app/trace alone.
func (s *Store) Ledger(ctx context.Context, body council.ID, each func([]council.Receipt) error) error {
	const portion = 5000
	versions, err := list(of(s.unfiltered(ctx, "trace"), "body", body).Model(&fileVersionRow{}).Select("id"), func(r fileVersionRow) council.ID { return r.Stamp.ID })
	if err != nil {
		return err
	}
	for len(versions) > 0 {
		some := versions[:min(len(versions), 200)]
		versions = versions[len(some):]
		rows, err := list(among(s.unfiltered(ctx, "trace"), "version", some), toReceipt)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].Body = body
		}
		if err := each(rows); err != nil {
			return err
		}
	}
	packets, err := list(of(s.unfiltered(ctx, "trace"), "body", body), toPacketReceipt)
	if err != nil || len(packets) == 0 {
		return err
	}
	return each(packets)
}
