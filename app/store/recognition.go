package store

import (
	"context"

	"ris/app/council"
)

// RecogniseWaiting lists the versions whose text recognition was left out (step "recognise" skipped) and is still needed, the newest first.
func (s *Store) RecogniseWaiting(ctx context.Context) ([]council.ID, error) {
	var ids []council.ID
	skipped := s.read(ctx).Model(&stepRow{}).Select("version").Where("step = ? AND state = ?", "recognise", council.StepSkipped)
	err := s.unfiltered(ctx, "pages to recognise").Model(&fileVersionRow{}).Where("ocr = ? AND id IN (?)", council.OCRNeeded, skipped).Order("id DESC").Pluck("id", &ids).Error
	return ids, failed(err)
}
