package store

import (
	"context"
	"time"

	"ris/app/council"
)

// SequenceAudit gives the oldest committed lines that have none yet their places in the tree, from first on, at most limit, and lists
// them in that order. Lines of a transaction that commits later come later: none is passed over. Call it under LockAuditTree.
func (s *Store) SequenceAudit(ctx context.Context, first int64, limit int) ([]council.AuditLine, error) {
	done := s.write(ctx).Exec(`UPDATE audit_entries SET sequence = ? + waiting.nth FROM (
		SELECT id, row_number() OVER (ORDER BY at, id) - 1 AS nth FROM (
			SELECT id, at FROM audit_entries WHERE sequence IS NULL ORDER BY at, id LIMIT ?) AS oldest
	) AS waiting WHERE audit_entries.id = waiting.id`, first, limit)
	if done.Error != nil || done.RowsAffected == 0 {
		return nil, failed(done.Error)
	}
	return s.AuditLines(ctx, first, int(done.RowsAffected))
}

// AuditLines lists lines of the tree from a place on, at most limit. Places whose line has expired are left out.
func (s *Store) AuditLines(ctx context.Context, from int64, limit int) ([]council.AuditLine, error) {
	return list(s.read(ctx).Where("sequence >= ?", from).Order("sequence").Limit(limit), toAuditLine)
}

// AuditWaiting says how many lines are not in the tree yet, and when the oldest of them was written.
func (s *Store) AuditWaiting(ctx context.Context) (n int64, oldest time.Time, err error) {
	if err = s.read(ctx).Model(&auditLineRow{}).Where("sequence IS NULL").Count(&n).Error; err != nil || n == 0 {
		return n, oldest, failed(err)
	}
	rows, err := list(s.read(ctx).Where("sequence IS NULL").Order("at, id").Limit(1), toAuditLine)
	if len(rows) > 0 {
		oldest = rows[0].At
	}
	return n, oldest, err
}

// AuditLinesByAct lists all lines of one act, in the tree or not, in the order of the tree, those without a place last.
func (s *Store) AuditLinesByAct(ctx context.Context, act string) ([]council.AuditLine, error) {
	return list(s.read(ctx).Where("act = ?", act).Order("sequence IS NULL, sequence, at, id"), toAuditLine)
}

// AuditLinesIn lists lines of the tree that lie in the range, in the order of the tree.
func (s *Store) AuditLinesIn(ctx context.Context, r council.AuditRange) ([]council.AuditLine, error) {
	query := s.read(ctx).Where("sequence IS NOT NULL AND at < ?", instant(r.Before))
	if len(r.Acts) > 0 {
		query = query.Where("act IN ?", r.Acts)
	}
	if len(r.Except) > 0 {
		query = query.Where("act NOT IN ?", r.Except)
	}
	return list(query.Order("sequence").Limit(r.Limit), toAuditLine)
}

// DeleteAuditLines takes the lines of these places away; their hashes stay in the tree.
func (s *Store) DeleteAuditLines(ctx context.Context, places []int64) error {
	for len(places) > 0 {
		some := places[:min(500, len(places))]
		if err := s.write(ctx).Where("sequence IN ?", some).Delete(&auditLineRow{}).Error; err != nil {
			return failed(err)
		}
		places = places[len(some):]
	}
	return nil
}

// AuditLinesNaming lists every line that names the person: as actor, as object, or in its details.
func (s *Store) AuditLinesNaming(ctx context.Context, person council.ID) ([]council.AuditLine, error) {
	if !person.Valid() {
		return nil, nil
	}
	return list(s.read(ctx).Where("(actor = ? OR object = ? OR details LIKE ?)", person, person, "%"+string(person)+"%").Order("at, id"), toAuditLine)
}

// VeilAuditLine writes actor, object, details and veils of a line anew; everything else of a line never changes.
func (s *Store) VeilAuditLine(ctx context.Context, l council.AuditLine) error {
	return failed(of(s.write(ctx).Model(&auditLineRow{}), "id", l.ID).Updates(map[string]any{"actor": ref(l.Actor), "object": ref(l.Object),
		"details": packed[map[string]string]{l.Details}, "veils": packed[map[string]string]{l.Veils}}).Error)
}

// auditLineRow is auditEntryRow with what the tree adds.
type auditLineRow struct {
	Entry    auditEntryRow `gorm:"embedded"`
	Sequence *int64
	Veils    packed[map[string]string]
}

func (auditLineRow) TableName() string { return "audit_entries" }

func toAuditLine(r auditLineRow) council.AuditLine {
	l := council.AuditLine{AuditEntry: toAuditEntry(r.Entry), Sequence: -1, Veils: r.Veils.Data}
	if r.Sequence != nil {
		l.Sequence = *r.Sequence
	}
	return l
}
