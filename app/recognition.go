package app

import (
	"context"
	"errors"

	"ris/documents/pipeline"
	"ris/documents/recognise"
)

// openRecognition gives the papers what reads pictures, when the program is installed; without it that part is off.
func (a *App) openRecognition(ctx context.Context) error {
	reader, err := recognise.New(recognise.Config{})
	var missing *recognise.Missing
	if errors.As(err, &missing) {
		a.Log.Info("pages that are pictures will not be searchable", "reason", missing.What)
		return nil
	}
	if err != nil {
		return err
	}
	a.Papers.Recognition = &pipeline.Recognition{Pipeline: a.Pipeline, Reader: reader}
	return a.Papers.RecogniseAll(ctx)
}
