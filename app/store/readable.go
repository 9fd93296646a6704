package store

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"gorm.io/gorm"

	"ris/app/council"
	"ris/auth/policy"
)

// readable is a row with an audience of its own.
type readable interface{ key() string }

// readOne loads the row of that id when the viewer may read it; else it is not found.
func readOne[R readable, T any](ctx context.Context, s *Store, v policy.Viewer, id council.ID, convert func(R, council.Audience) T) (T, error) {
	row, err := byID[R](visible(s.read(ctx), v), id)
	if err != nil {
		var none T
		return none, err
	}
	all, err := withAudiences(ctx, s, []R{row}, convert)
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// readList loads the rows of a query that visible has narrowed.
func readList[R readable, T any](ctx context.Context, s *Store, query *gorm.DB, convert func(R, council.Audience) T) ([]T, error) {
	var rows []R
	if err := query.Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	return withAudiences(ctx, s, rows, convert)
}

func withAudiences[R readable, T any](ctx context.Context, s *Store, rows []R, convert func(R, council.Audience) T) ([]T, error) {
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = r.key()
	}
	labels, err := s.audiences(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = convert(r, copyOf(labels[r.key()]))
	}
	return out, nil
}

// saveReadable is save for an object with an audience: label sets and row together.
func saveReadable[R any](ctx context.Context, s *Store, stamp *council.Stamp, a council.Audience, toRow func(key string) R) error {
	return s.together(ctx, func(ctx context.Context) error {
		key, err := s.keepAudience(ctx, a)
		if err != nil {
			return err
		}
		return save(ctx, s, stamp, func() R { return toRow(key) })
	})
}

// remove deletes the row of that id; council.NotFound when there is none.
func remove[R any](query *gorm.DB, id council.ID) error {
	if !id.Valid() {
		return council.ErrNotFound()
	}
	var row R
	done := query.Where("id = ?", id).Delete(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return council.ErrNotFound()
	}
	return failed(done.Error)
}

// alphabetical sorts as a German reader expects, the same on both databases, whatever their locale.
func alphabetical[T any](all []T, text func(T) string) {
	order := collate.New(language.German)
	slices.SortStableFunc(all, func(a, b T) int {
		return cmp.Or(order.CompareString(text(a), text(b)), cmp.Compare(text(a), text(b)))
	})
}
