package store

import (
	"context"
	"time"

	"ris/app/council"
)

// Imports lists the acts on the master data of the Body, latest first, at most limit (0 = all); an empty Body lists all. Without
// what they changed: Import has it. Who may know of them is asked by the use-case.
func (s *Store) Imports(ctx context.Context, body council.ID, limit int) ([]council.Import, error) {
	query := equal(s.read(ctx).Omit("changes"), "body", body).Order("created DESC, id DESC")
	if limit > 0 {
		query = query.Limit(limit)
	}
	return list(query, toImport)
}

// Import gives one with its changes.
func (s *Store) Import(ctx context.Context, id council.ID) (council.Import, error) {
	row, err := byID[importRow](s.read(ctx), id)
	return toImport(row), err
}

// SaveImport inserts or updates, see save.
func (s *Store) SaveImport(ctx context.Context, i *council.Import) error {
	return save(ctx, s, &i.Stamp, func() importRow { return fromImport(*i) })
}

// ForgetImports empties what acts before that moment changed: personal data is not kept for an undo that nobody wants any more. It
// returns how many were emptied.
func (s *Store) ForgetImports(ctx context.Context, before time.Time) (int64, error) {
	done := s.write(ctx).Model(&importRow{}).Where("created < ? AND changes <> ''", instant(before)).Update("changes", "")
	return done.RowsAffected, failed(done.Error)
}

type importRow struct {
	Stamp    stampRow `gorm:"embedded"`
	Body     ref
	Source   string
	Actor    ref
	Changes  string
	Added    int
	Changed  int
	Ended    int
	UndoneAt openTime
}

func (importRow) TableName() string { return "imports" }

func fromImport(i council.Import) importRow {
	return importRow{Stamp: fromStamp(i.Stamp), Body: ref(i.Body), Source: i.Source, Actor: ref(i.Actor), Changes: string(i.Changes),
		Added: i.Added, Changed: i.Changed, Ended: i.Ended, UndoneAt: openTime(i.UndoneAt)}
}

func toImport(r importRow) council.Import {
	out := council.Import{Stamp: r.Stamp.stamp(), Body: council.ID(r.Body), Source: r.Source, Actor: council.ID(r.Actor),
		Added: r.Added, Changed: r.Changed, Ended: r.Ended, UndoneAt: r.UndoneAt.time()}
	if r.Changes != "" {
		out.Changes = []byte(r.Changes)
	}
	return out
}
