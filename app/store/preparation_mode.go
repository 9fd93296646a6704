package store

import (
	"context"
	"maps"
	"slices"

	"ris/app/council"
)

// PreparationMode is how papers of the type are prepared in the body: council.Standard when nothing was chosen. paperType is compared
// as it was written.
func (s *Store) PreparationMode(ctx context.Context, body council.ID, paperType string) (council.PreparationMode, error) {
	modes, err := s.PreparationModes(ctx, body)
	if m := modes[paperType]; m != "" {
		return m, err
	}
	return council.Standard, err
}

// PreparationModes are the choices of the body by paper type. What is not in it is council.Standard.
func (s *Store) PreparationModes(ctx context.Context, body council.ID) (map[string]council.PreparationMode, error) {
	var rows []preparationModeRow
	if err := of(s.read(ctx), "body", body).Find(&rows).Error; err != nil {
		return nil, failed(err)
	}
	out := make(map[string]council.PreparationMode, len(rows))
	for _, r := range rows {
		out[r.PaperType] = r.Mode
	}
	return out, nil
}

// SavePreparationModes puts modes in the place of all that were chosen. council.Invalid: a mode that is none of the three.
func (s *Store) SavePreparationModes(ctx context.Context, body council.ID, modes map[string]council.PreparationMode) error {
	rows := make([]preparationModeRow, 0, len(modes))
	for _, kind := range slices.Sorted(maps.Keys(modes)) {
		if m := modes[kind]; m == "" || !m.Known() {
			return council.E(council.Invalid, "error.invalid")
		}
		rows = append(rows, preparationModeRow{Body: body, PaperType: kind, Mode: modes[kind]})
	}
	return s.together(ctx, func(ctx context.Context) error {
		if err := of(s.write(ctx), "body", body).Delete(&preparationModeRow{}).Error; err != nil {
			return failed(err)
		}
		if len(rows) == 0 {
			return nil
		}
		return failed(s.write(ctx).Create(&rows).Error)
	})
}

// PaperTypes lists the types of the body's papers, each once, in their alphabetical order: what can be chosen for.
func (s *Store) PaperTypes(ctx context.Context, body council.ID) ([]string, error) {
	var out []string
	err := of(s.unfiltered(ctx, "types of papers").Model(&paperRow{}), "body", body).Where("paper_type <> ''").Distinct().Order("paper_type").Pluck("paper_type", &out).Error
	return out, failed(err)
}

type preparationModeRow struct {
	Body      council.ID
	PaperType string
	Mode      council.PreparationMode
}

func (preparationModeRow) TableName() string { return "preparation_modes" }
