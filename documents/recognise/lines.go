package recognise

import (
	"context"
	"strconv"
	"time"
)

// Layout is how a picture is divided into lines (tesseract's page segmentation modes).
type Layout int

// The layouts in use: one block of even lines, or lines found anywhere.
const (
	OneBlock   Layout = 6
	FoundLines Layout = 11
)

// Lines reads what stands in a small picture that is no page, as plain text with its line ends; total is the wall time for it.
func (r *Recogniser) Lines(ctx context.Context, p *Picture, layout Layout, total time.Duration) (string, error) {
	b, err := r.run(ctx, p, total, "txt", "--psm", strconv.Itoa(int(layout)), "-l", r.config.Language)
	return string(b), err
}
