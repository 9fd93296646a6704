package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// Receipt notes that the person was given the version, and returns when that was for the first time (the day of the personal
// mark) and the copy's code. Called again, it returns the same. code gives the n-th choice for the code, from 0: the first that
// no other copy has is taken. A receipt from before there were codes gets one now.
// council.NotFound: the viewer may not read the version.
func (s *Store) Receipt(ctx context.Context, v policy.Viewer, person, version council.ID, now time.Time, code func(n int) string) (council.Receipt, error) {
	row, err := s.receiptBefore(ctx, v, person, version)
	for n := 0; err == nil && row.Code == ""; n++ {
		if n, err = s.freeCode(ctx, code, n); err != nil {
			break
		}
		err = s.together(ctx, func(ctx context.Context) error {
			fresh := receiptRow{Person: person, Version: version, FirstGiven: instant(now), Code: openText(code(n))}
			if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
				return failed(err)
			}
			without := of(of(s.write(ctx), "person", person), "version", version).Where("code IS NULL")
			if err := without.Model(&receiptRow{}).Update("code", code(n)).Error; err != nil {
				return failed(err)
			}
			var err error
			row, err = s.receipt(ctx, person, version) // perhaps of another request that was faster; none: the code was taken
			return err
		})
	}
	return toReceipt(row), err
}

// PeekReceipt is what Receipt would answer, and notes nothing.
func (s *Store) PeekReceipt(ctx context.Context, v policy.Viewer, person, version council.ID, now time.Time, code func(n int) string) (council.Receipt, error) {
	row, err := s.receiptBefore(ctx, v, person, version)
	if row.FirstGiven.time().IsZero() {
		row.FirstGiven = instant(now)
	}
	if err == nil && row.Code == "" {
		var n int
		n, err = s.freeCode(ctx, code, 0)
		row.Code = openText(code(n))
	}
	return toReceipt(row), err
}

// receiptBefore is the receipt as it is; without one, its times are zero. council.NotFound: the viewer may not read the version.
func (s *Store) receiptBefore(ctx context.Context, v policy.Viewer, person, version council.ID) (receiptRow, error) {
	if _, err := byID[fileVersionRow](visible(s.read(ctx), v), version); err != nil {
		return receiptRow{}, err
	}
	row, err := s.receipt(ctx, person, version)
	row.Person, row.Version = person, version
	return row, err
}

// receipt is a zero row when there is none.
func (s *Store) receipt(ctx context.Context, person, version council.ID) (receiptRow, error) {
	var rows []receiptRow
	if err := of(of(s.readOwn(ctx, person), "person", person), "version", version).Find(&rows).Error; err != nil || len(rows) == 0 {
		return receiptRow{}, failed(err)
	}
	return rows[0], nil
}

// mostChoices bounds the search for a free code: with 2^40 codes a second choice is rare, and a third is a broken choice.
const mostChoices = 100

// freeCode is the first n, from the given one, whose code no copy has.
func (s *Store) freeCode(ctx context.Context, code func(n int) string, n int) (int, error) {
	for ; n < mostChoices; n++ {
		taken, err := s.ReceiptsByCode(ctx, []string{code(n)})
		if err != nil || len(taken) == 0 {
			return n, err
		}
	}
	return n, failed(fmt.Errorf("no free code among %d choices", mostChoices))
}

// Receipts gives when the person was first given each version, by version id.
func (s *Store) Receipts(ctx context.Context, person council.ID) (map[council.ID]time.Time, error) {
	var rows []receiptRow
	if err := of(s.readOwn(ctx, person), "person", person).Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make(map[council.ID]time.Time, len(rows))
	for _, r := range rows {
		out[r.Version] = r.FirstGiven.time()
	}
	return out, nil
}

type receiptRow struct {
	Person     council.ID
	Version    council.ID
	FirstGiven instant
	Code       openText
}

func (receiptRow) TableName() string { return "receipts" }

func toReceipt(r receiptRow) council.Receipt {
	return council.Receipt{Person: r.Person, Version: r.Version, FirstGiven: r.FirstGiven.time(), Code: string(r.Code)}
}

// openText is a text that may be missing: the empty text is NULL, so that many may be missing in a unique column.
type openText string

// Value gives NULL for the empty text.
func (t openText) Value() (driver.Value, error) {
	if t == "" {
		return nil, nil
	}
	return string(t), nil
}

// Scan takes the text; NULL is the empty text.
func (t *openText) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = ""
	case string:
		*t = openText(v)
	case []byte:
		*t = openText(v)
	default:
		return fmt.Errorf("a text cannot be read from %T", src)
	}
	return nil
}
